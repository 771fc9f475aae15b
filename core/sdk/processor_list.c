/* SPDX-License-Identifier: Apache-2.0
 *
 * processor_list.c - see the header.
 */
#include "sdk/processor_list.h"

#include <string.h>

#include "config/config.h"
#include "sdk/builtin_processors.h"
#include "sdk/components.h"

static size_t find(struct component *const *list, size_t count, const void *vtable)
{
	size_t i = 0;

	while (i < count && list[i]->vtable != vtable)
		i++;
	return i;
}

static struct component *turn_on(const struct config *config, const char *name, const char *section, const char *key)
{
	return config_str(config, section, key)
		       ? registry_open(OTEL_COMPONENT_SPAN_PROCESSOR, name, config_origin(config, section, key))
		       : NULL;
}

static size_t put_first(struct component **list, size_t count, struct component *component)
{
	memmove(list + 1, list, count * sizeof *list);
	list[0] = component;
	return count + 1;
}

size_t processor_list_open(const struct config *config, struct component **out, size_t max)
{
	/* Room for the two that may come on their own. */
	size_t count = components_open(OTEL_COMPONENT_SPAN_PROCESSOR, config, "traces", "processors", out, max - 2);
	struct component *redaction = NULL;
	size_t at = find(out, count, &redaction_processor);

	if (find(out, count, &baggage_processor) == count) {
		struct component *baggage = turn_on(config, "baggage", "baggage", "attributes");
		if (baggage) {
			count = put_first(out, count, baggage);
			at++;
		}
	}
	if (at < count) {
		redaction = out[at];
		memmove(out + at, out + at + 1, (count - at - 1) * sizeof(struct component *));
		count--;
	} else {
		redaction = turn_on(config, "redaction", "redaction", "deny");
		if (!redaction)
			redaction = turn_on(config, "redaction", "redaction", "allow");
	}
	if (redaction)
		out[count++] = redaction;
	return count;
}
