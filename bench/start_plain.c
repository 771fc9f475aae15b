/* SPDX-License-Identifier: Apache-2.0
 *
 * start_plain.c - a program that does nothing: the floor of starting one.
 */
int main(void)
{
	return 0;
}
