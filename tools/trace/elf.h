/* SPDX-License-Identifier: Apache-2.0
 *
 * elf.h - can a preloaded library live in this program? A pure function over the bytes of its file.
 */
#ifndef OTEL_TRACE_ELF_H
#define OTEL_TRACE_ELF_H

#include <stddef.h>

enum elf_verdict {
	ELF_FIT,
	ELF_OTHER_FILE, /* no ELF file: a script, or nothing the kernel runs */
	ELF_BROKEN, /* an ELF file whose tables lead nowhere */
	ELF_CLASS, /* 32 bits where we have 64, or the other way round */
	ELF_MACHINE, /* for another processor */
	ELF_STATIC, /* no dynamic loader */
	ELF_MUSL, /* another libc */
	ELF_SANITIZER /* needs a sanitizer's runtime, which must be the first library */
};

enum { ELF_DETAIL_MAX = 64 };

/* `detail` gets the name of the loader or library that decided, cut if longer; "" if none did. Never reads outside of
 * data[0 .. len). */
enum elf_verdict elf_check(const void *data, size_t len, char detail[ELF_DETAIL_MAX]);

/* The verdict as a clause after "not traced: "; NULL for ELF_FIT and ELF_OTHER_FILE. */
const char *elf_reason(enum elf_verdict verdict);

#endif
