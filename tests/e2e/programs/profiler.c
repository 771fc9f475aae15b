/* SPDX-License-Identifier: Apache-2.0
 *
 * profiler.c - a stranger that reads what a process shares, by the Reading Protocols of OTEPs 4719 and 4947 alone: it
 * knows nothing of otel-c.
 *
 *     profiler PID [TID…]
 *     profiler --steps COUNT PID TID
 *
 * prints "process SIGNATURE VERSION" and the strings of the payload, a line each; then for each thread "thread MODEL
 * IDS", where IDS is none or TRACE-SPAN-FLAGS; with --steps again after each of so many instructions that changed it.
 * Status 77: the system does not let it read; 1: what was read is not in order.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define SYMBOL "otel_thread_ctx_v1"

#if defined(__x86_64__)
#define RELOC_TLSDESC R_X86_64_TLSDESC
#define RELOC_DTPMOD  R_X86_64_DTPMOD64
#else
#define RELOC_TLSDESC R_AARCH64_TLSDESC
#define RELOC_DTPMOD  R_AARCH64_TLS_DTPMOD
#endif

static pid_t pid;

static _Noreturn void give_up(int status, const char *what)
{
	fprintf(stderr, "profiler: %s: %s\n", what, strerror(errno));
	exit(status);
}

static void peek(uint64_t at, void *to, size_t len)
{
	struct iovec here = {to, len}, there = {(void *)(uintptr_t)at, len};

	if (process_vm_readv(pid, &here, 1, &there, 1, 0) != (ssize_t)len)
		give_up(errno == EPERM ? 77 : 1, "process_vm_readv");
}

/* ---- /proc/PID/maps ---- */

struct mapping {
	uint64_t start, offset;
	char path[512];
};

static bool next_mapping(FILE *maps, struct mapping *m)
{
	char line[1024];

	if (!fgets(line, sizeof line, maps))
		return false;
	m->path[0] = '\0';
	sscanf(line, "%" SCNx64 "-%*x %*s %" SCNx64 " %*s %*s %511[^\n]", &m->start, &m->offset, m->path);
	return true;
}

static FILE *open_maps(void)
{
	char path[64];
	FILE *maps;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
	maps = fopen(path, "re");
	if (!maps)
		give_up(77, path);
	return maps;
}

/* ---- OTEP 4719 ---- */

/* Prints what is text in a protobuf message: strings are length-delimited fields, and so are messages. */
static void print_strings(const uint8_t *data, size_t len)
{
	char text[256];
	size_t n = 0;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && data[i] >= 0x20 && data[i] < 0x7f && n < sizeof text - 1) {
			text[n++] = (char)data[i];
			continue;
		}
		text[n] = '\0';
		if (n > 3)
			printf("  %s\n", text);
		n = 0;
	}
}

static bool is_context(const struct mapping *m)
{
	return !strncmp(m->path, "[anon_shmem:OTEL_CTX]", 21) || !strncmp(m->path, "[anon:OTEL_CTX]", 15) ||
	       !strncmp(m->path, "/memfd:OTEL_CTX", 15);
}

static void print_process(void)
{
	struct {
		char signature[8];
		uint32_t version, size;
		uint64_t published_ns, payload;
	} header;
	FILE *maps = open_maps();
	struct mapping m;
	uint8_t *payload;
	uint64_t again;
	bool found = false;

	while (!found && next_mapping(maps, &m))
		found = is_context(&m);
	fclose(maps);
	if (!found) {
		puts("process none");
		return;
	}
	peek(m.start, &header, sizeof header);
	if (!header.published_ns)
		give_up(1, "the process context is being changed");
	payload = malloc(header.size);
	if (!payload)
		give_up(1, "malloc");
	peek(header.payload, payload, header.size);
	peek(m.start + 16, &again, sizeof again);
	if (again != header.published_ns)
		give_up(1, "the process context changed");
	printf("process %.8s %" PRIu32 "\n", header.signature, header.version);
	print_strings(payload, header.size);
	free(payload);
}

/* ---- the symbol, in the ELF files of the process ---- */

struct place {
	enum { NOWHERE, DESCRIPTOR, MODULE, PROGRAM } model;
	uint64_t got; /* of the descriptor, or of module and offset */
	int64_t offset; /* from the thread pointer, of a program's own */
	uint64_t value;
};

static const char *const models[] = {"nowhere", "tlsdesc", "dynamic", "static"};

struct elf {
	const uint8_t *data;
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
};

static int64_t find_symbol(const struct elf *elf, uint64_t *value)
{
	for (int i = 0; i < elf->header->e_shnum; i++) {
		const Elf64_Shdr *s = &elf->sections[i];
		if (s->sh_type != SHT_DYNSYM)
			continue;
		const Elf64_Sym *symbols = (const void *)(elf->data + s->sh_offset);
		const char *names = (const char *)elf->data + elf->sections[s->sh_link].sh_offset;
		for (size_t k = 0; k < s->sh_size / sizeof *symbols; k++) {
			if (ELF64_ST_TYPE(symbols[k].st_info) != STT_TLS || !symbols[k].st_shndx ||
			    strcmp(names + symbols[k].st_name, SYMBOL) != 0)
				continue;
			*value = symbols[k].st_value;
			return (int64_t)k;
		}
	}
	return -1;
}

static void find_relocation(const struct elf *elf, uint64_t symbol, uint64_t base, struct place *place)
{
	for (int i = 0; i < elf->header->e_shnum; i++) {
		const Elf64_Shdr *s = &elf->sections[i];
		if (s->sh_type != SHT_RELA)
			continue;
		const Elf64_Rela *rela = (const void *)(elf->data + s->sh_offset);
		for (size_t k = 0; k < s->sh_size / sizeof *rela; k++) {
			const uint64_t type = ELF64_R_TYPE(rela[k].r_info);
			if (ELF64_R_SYM(rela[k].r_info) != symbol || (type != RELOC_TLSDESC && type != RELOC_DTPMOD))
				continue;
			place->model = type == RELOC_TLSDESC ? DESCRIPTOR : MODULE;
			place->got = base + rela[k].r_offset;
			return;
		}
	}
}

/* A program's block lies where the first module's does. */
static void find_in_program(const struct elf *elf, struct place *place)
{
	const Elf64_Phdr *p = (const void *)(elf->data + elf->header->e_phoff);

	for (int i = 0; i < elf->header->e_phnum; i++) {
		if (p[i].p_type != PT_TLS)
			continue;
		place->model = PROGRAM;
#if defined(__x86_64__)
		place->offset = (int64_t)place->value - (int64_t)((p[i].p_memsz + p[i].p_align - 1) & -p[i].p_align);
#else
		place->offset = (int64_t)(place->value + (p[i].p_align > 16 ? p[i].p_align : 16));
#endif
	}
}

static void look_into(const struct mapping *m, struct place *place)
{
	struct stat st;
	const int fd = open(m->path, O_RDONLY | O_CLOEXEC);
	void *data;
	char exe[512] = "", link[64];

	if (fd < 0)
		return;
	data = fstat(fd, &st) || st.st_size < (off_t)sizeof(Elf64_Ehdr)
		       ? MAP_FAILED
		       : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (data == MAP_FAILED)
		return;
	const struct elf elf = {data, data, (const void *)((const uint8_t *)data + ((Elf64_Ehdr *)data)->e_shoff)};
	const int64_t symbol = memcmp(data, ELFMAG, SELFMAG) ? -1 : find_symbol(&elf, &place->value);
	if (symbol > 0)
		find_relocation(&elf, (uint64_t)symbol, elf.header->e_type == ET_EXEC ? 0 : m->start, place);
	snprintf(link, sizeof link, "/proc/%d/exe", (int)pid);
	if (symbol > 0 && readlink(link, exe, sizeof exe - 1) > 0 && !strcmp(exe, m->path))
		find_in_program(&elf, place);
	munmap(data, (size_t)st.st_size);
}

static struct place find_place(void)
{
	struct place place = {.model = NOWHERE};
	FILE *maps = open_maps();
	struct mapping m;

	while (place.model == NOWHERE && next_mapping(maps, &m))
		if (m.offset == 0 && m.path[0] == '/')
			look_into(&m, &place);
	fclose(maps);
	return place;
}

/* ---- OTEP 4947: the threads ---- */

static uint64_t thread_pointer(pid_t tid)
{
#if defined(__x86_64__)
	struct user_regs_struct registers;

	if (ptrace(PTRACE_GETREGS, tid, NULL, &registers))
		give_up(1, "PTRACE_GETREGS");
	return registers.fs_base;
#else
	uint64_t tp;
	struct iovec to = {&tp, sizeof tp};

	if (ptrace(PTRACE_GETREGSET, tid, (void *)(uintptr_t)0x401 /* NT_ARM_TLS */, &to))
		give_up(1, "PTRACE_GETREGSET");
	return tp;
#endif
}

/* 0: the thread has no such variable yet, for it never used it. */
static uint64_t variable_of(const struct place *place, uint64_t tp)
{
	uint64_t got[2], dtv, count, block;

	if (place->model == PROGRAM)
		return tp + (uint64_t)place->offset;
	peek(place->got, got, sizeof got);
	if (place->model == DESCRIPTOR)
		return tp + got[1];
#if defined(__x86_64__)
	peek(tp + 8, &dtv, sizeof dtv);
#else
	peek(tp, &dtv, sizeof dtv);
#endif
	peek(dtv - 16, &count, sizeof count);
	if (got[0] > count)
		return 0;
	peek(dtv + 16 * got[0], &block, sizeof block);
	return block == UINT64_MAX ? 0 : block + place->value;
}

/* TRACE-SPAN-FLAGS, or none. */
static void describe(uint64_t variable, char *text, size_t room)
{
	uint8_t record[28] = {0};
	uint64_t at = 0;
	size_t n = 0;

	if (variable)
		peek(variable, &at, sizeof at);
	if (at)
		peek(at, record, sizeof record);
	if (record[24] != 1 || at % 2) {
		snprintf(text, room, "none");
		return;
	}
	for (size_t i = 0; i < 26; i++) {
		if (i == 24)
			continue; /* valid */
		n += (size_t)snprintf(text + n, room - n, "%s%02x", i == 16 || i == 25 ? "-" : "", record[i]);
	}
	if (record[26] || record[27])
		snprintf(text + n, room - n, " attributes");
}

static void wait_for_stop(pid_t tid)
{
	int status;

	if (waitpid(tid, &status, __WALL) != tid || !WIFSTOPPED(status))
		give_up(1, "waitpid");
}

/* Stopped now, and after each of so many instructions; a line for each change. */
static void print_thread(pid_t tid, int steps)
{
	const struct place place = find_place();
	char text[128], before[128] = "";

	if (place.model == NOWHERE) {
		puts("thread nowhere");
		return;
	}
	if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) || ptrace(PTRACE_INTERRUPT, tid, NULL, NULL))
		give_up(77, "ptrace");
	wait_for_stop(tid);
	const uint64_t variable = variable_of(&place, thread_pointer(tid));
	for (int i = 0; i <= steps; i++) {
		describe(variable, text, sizeof text);
		if (strcmp(text, before) != 0)
			printf("thread %s %s\n", models[place.model], text);
		memcpy(before, text, sizeof before);
		if (i == steps)
			break;
		if (ptrace(PTRACE_SINGLESTEP, tid, NULL, NULL))
			give_up(1, "PTRACE_SINGLESTEP");
		wait_for_stop(tid);
	}
	ptrace(PTRACE_DETACH, tid, NULL, NULL);
}

int main(int argc, char **argv)
{
	const bool is_stepping = argc == 5 && !strcmp(argv[1], "--steps");

	if (argc < 2)
		return fputs("usage: profiler PID [TID...] | profiler --steps COUNT PID TID\n", stderr), 2;
	pid = atoi(argv[is_stepping ? 3 : 1]);
	print_process();
	for (int i = is_stepping ? 4 : 2; i < argc; i++)
		print_thread(atoi(argv[i]), is_stepping ? atoi(argv[2]) : 0);
	return 0;
}
