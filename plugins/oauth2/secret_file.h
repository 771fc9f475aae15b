/* SPDX-License-Identifier: Apache-2.0
 *
 * secret_file.h - the secret of a client in a file of its own, which somebody may exchange while the program runs.
 */
#ifndef PLUGINS_OAUTH2_SECRET_FILE_H
#define PLUGINS_OAUTH2_SECRET_FILE_H

/* The one line of the file without its end; the caller frees. NULL: *why is in words. */
char *secret_file_read(const char *path, const char **why);

#endif
