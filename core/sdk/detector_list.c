/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_list.c - see the header.
 */
#include "sdk/detector_list.h"

#include "plugin/component.h"
#include "util/diag.h"
#include "util/str.h"

struct list {
	struct component **out;
	size_t count;
	size_t max;
	const char *origin;
};

/* NULL has been said. */
static void list_add(struct list *list, struct component *component)
{
	size_t i = 0;

	while (i < list->count && list->out[i] != component)
		i++;
	if (!component || i < list->count)
		return;
	if (list->count < list->max) {
		list->out[list->count++] = component;
		return;
	}
	registry_close_one(component);
	diag(DIAG_WARN, "%s: only the first %zu are used", list->origin, list->max);
}

static void add_all(struct list *list)
{
	for (struct component *c = component_next(OTEL_COMPONENT_DETECTOR, NULL); c;
	     c = component_next(OTEL_COMPONENT_DETECTOR, c))
		list_add(list, component_open(c, list->origin) ? c : NULL);
}

static void add_name(struct list *list, struct view piece)
{
	char name[64];

	if (piece.len >= sizeof name) {
		diag(DIAG_WARN, "%s: a name of more than 63 bytes is ignored", list->origin);
		return;
	}
	for (size_t i = 0; i < piece.len; i++)
		name[i] = (char)(piece.ptr[i] >= 'A' && piece.ptr[i] <= 'Z' ? piece.ptr[i] - 'A' + 'a' : piece.ptr[i]);
	name[piece.len] = '\0';
	list_add(list, registry_open(OTEL_COMPONENT_DETECTOR, name, list->origin));
}

size_t detector_list_open(const struct config *config, struct component **out, size_t max)
{
	struct list list = {.out = out, .max = max, .origin = config_origin(config, "resource", "detectors")};
	struct view rest = view_of(config_str(config, "resource", "detectors"));
	struct view piece;
	size_t names = 0;
	bool none = false;

	list_add(&list, registry_open(OTEL_COMPONENT_DETECTOR, "env", list.origin));
	while (view_split(&rest, ',', &piece)) {
		piece = view_trim(piece);
		names += piece.len > 0;
		if (view_equals_nocase(piece, "none"))
			none = true;
		else if (view_equals_nocase(piece, "all") || view_equals(piece, "*"))
			add_all(&list);
		else if (piece.len)
			add_name(&list, piece);
	}
	if (none && names > 1)
		diag(DIAG_WARN, "%s: \"none\" beside other names is ignored", list.origin);
	return list.count;
}
