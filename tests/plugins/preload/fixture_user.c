/* SPDX-License-Identifier: Apache-2.0
 *
 * fixture_user.c - a plugin that needs one copy of the fixture library.
 */
const char *fixture_name(void);
const void *user_code(void);
const char *user_asks(void);

/* An address in this plugin, as a return address would be. */
__attribute__((visibility("default"))) const void *user_code(void)
{
	return (const char *)(const void *)user_code + 1;
}

__attribute__((visibility("default"))) const char *user_asks(void)
{
	return fixture_name();
}
