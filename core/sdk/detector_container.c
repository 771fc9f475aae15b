/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_container.c - container.id, from the control groups of this process or from what is mounted for it.
 */
#include "sdk/detector_builtin.h"

#include <stdlib.h>
#include <string.h>

#include "sdk/detector_finding.h"
#include "sdk/resource_file.h"
#include "sdk/resource_platform.h"

/* The number of the first cgroup namespace of a machine (PROC_CGROUP_INIT_INO of linux/proc_ns.h). There the paths of
 * control groups are whole: they tell a container, if this is one. Elsewhere they may begin at its own root. */
#define FIRST_CGROUP_NAMESPACE "cgroup:[4026531835]"

static bool sees_whole_cgroup_paths(void)
{
	char name[64];

	return resource_file_link("/proc/self/ns/cgroup", name, sizeof name) && !strcmp(name, FIRST_CGROUP_NAMESPACE);
}

bool detector_container_id(char id[CONTAINER_ID_SIZE])
{
	char cgroup[4096];
	size_t len = 0;
	const ssize_t n = resource_file_read("/proc/self/cgroup", cgroup, sizeof cgroup);

	if (n > 0 && container_id_v1(cgroup, (size_t)n, id))
		return true;
	if (sees_whole_cgroup_paths())
		return false;
	char *mounts = resource_file_load("/proc/self/mountinfo", &len);
	const bool found = mounts && container_id_v2(mounts, len, id);
	free(mounts);
	return found;
}

static otel_status detect_container(void *self, otel_detect_op *op)
{
	struct finding f = finding_begin(self);
	char id[CONTAINER_ID_SIZE];

	if (detector_container_id(id))
		finding_text(&f, "container.id", id);
	finding_end(&f, op);
	return OTEL_OK;
}

const otel_detector detector_container = DETECTOR_OWN(detect_container);
