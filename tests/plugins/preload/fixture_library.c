/* SPDX-License-Identifier: Apache-2.0
 *
 * fixture_library.c - a library that exists in several copies, told apart by COPY. fixture_call() stands for code of
 * the library that calls its own public function.
 */
const char *fixture_name(void);
const void *fixture_inside(void);

__attribute__((visibility("default"))) const char *fixture_name(void)
{
	return COPY;
}

__attribute__((visibility("default"))) const void *fixture_inside(void)
{
	return (const char *)(const void *)fixture_inside + 1;
}
