/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_exporter.c - a plugin for tests: its exporter "fake" appends every request to the file FAKE_FILE names, each
 * after its length; with FAKE_STUCK set it never finishes unless it is cancelled. FAKE_GATE names a file, too: the
 * first one that is opened makes it, and waits until it is gone.
 */
#include <otel/plugin.h>

#include <fcntl.h>
#include <unistd.h>

struct fake {
	const otel_host *host;
	const char *path;
	bool stuck;
};

static void pass_gate(const char *gate)
{
	const int fd = gate ? open(gate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644) : -1;
	if (fd < 0)
		return;
	close(fd);
	while (access(gate, F_OK) == 0)
		usleep(1000);
}

static otel_status open_fake(void *self, const otel_host *host, otel_setup *setup)
{
	struct fake *fake = self;
	fake->host = host;
	fake->path = host->env(setup, "FAKE_FILE");
	fake->stuck = host->env(setup, "FAKE_STUCK") != NULL;
	pass_gate(host->env(setup, "FAKE_GATE"));
	return fake->path ? OTEL_OK : OTEL_INVALID;
}

static otel_export_result export_fake(void *self, const otel_batch *batch, otel_export_op *op)
{
	const struct fake *fake = self;
	(void)op;
	if (fake->stuck)
		return OTEL_EXPORT_PENDING;
	int fd = open(fake->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	uint32_t len = (uint32_t)batch->len;
	bool written = fd >= 0 && write(fd, &len, sizeof len) == (ssize_t)sizeof len &&
		       write(fd, batch->data, batch->len) == (ssize_t)batch->len;
	if (fd >= 0)
		close(fd);
	return written ? OTEL_EXPORT_DONE : OTEL_EXPORT_DROP;
}

static void cancel_fake(void *self, otel_export_op *op)
{
	const struct fake *fake = self;
	fake->host->export_finish(op, OTEL_EXPORT_RETRY, 0, 0, NULL);
}

static const otel_exporter fake_vtable = {
	.component = {.size = sizeof(otel_exporter), .state_size = sizeof(struct fake), .open = open_fake},
	.signals = OTEL_SIGNAL_TRACES,
	.export_batch = export_fake,
	.cancel = cancel_fake,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_EXPORTER, "fake", &fake_vtable, NULL);
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;
const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "fake",
	.version = "3.4.5",
	.license = "Apache-2.0",
	.setup = set_up,
};
