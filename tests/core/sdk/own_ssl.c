/* SPDX-License-Identifier: Apache-2.0
 *
 * own_ssl.c - stands for a program that exports a TLS library of its own.
 */
void SSL_CTX_new(void);

__attribute__((visibility("default"))) void SSL_CTX_new(void)
{
}
