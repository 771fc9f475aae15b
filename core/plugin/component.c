/* SPDX-License-Identifier: Apache-2.0
 *
 * component.c - components by kind and name: registered, opened, closed, listed.
 */
#include "plugin/component.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/loader.h"
#include "util/buf.h"
#include "util/diag.h"

#define MAX_STATE     (16u << 20)
#define MAX_VTABLE    65536u
#define MAX_COMPLAINT 192
#define MAX_NAMES     64

#define SLOT(type, field)                                                                                              \
	{                                                                                                              \
#field, offsetof(type, field)                                                                          \
	}

/* What the host knows about a kind. A kind that is not in the table is OTEL_UNSUPPORTED. */
struct kind {
	otel_kind kind;
	const char *article;
	size_t size; /* of the vtable when the kind was new */
	struct slot {
		const char *name;
		size_t offset;
	} required[3]; /* pointers that must be set; ends with a NULL name */
	bool may_be_none; /* "none" is a legal choice */
	const struct supply *supplies; /* ends with a NULL name */
};

/* A name that one of our own modules registers: the module is loaded when the name is asked for. Other names are looked
 * for in a module of the same name. */
struct supply {
	const char *name;
	const char *module;
};

static const struct kind *kind_of(otel_kind kind);

static struct component *components; /* in the order of registration */
static struct component *parked; /* of earlier rounds: a late thread may still look at one, so none is freed */

static const char *display(const otel_setup *owner)
{
	return owner->path ? owner->path : "built in";
}

const char *component_article(otel_kind kind)
{
	const struct kind *k = kind_of(kind);
	return k ? k->article : "a component";
}

const char *component_reason(otel_status status)
{
	static const char *const words[] = {
		[OTEL_OK] = "no reason given",
		[OTEL_ALREADY] = "already there",
		[OTEL_INVALID] = "an invalid argument or setting",
		[OTEL_UNSUPPORTED] = "not supported",
		[OTEL_NOT_FOUND] = "something was not found",
		[OTEL_DENIED] = "permission denied",
		[OTEL_NO_MEMORY] = "out of memory",
		[OTEL_TIMEOUT] = "time was up",
		[OTEL_FAILED] = "it failed",
		[OTEL_MISMATCH] = "built against another version",
	};
	size_t i = (size_t)status;
	return i < sizeof words / sizeof *words ? words[i] : "an unknown status";
}

/* ---- registering ---- */

/* The first required slot that is empty. */
static const char *lacking(const struct kind *k, const void *vtable)
{
	for (size_t i = 0; i < sizeof k->required / sizeof *k->required && k->required[i].name; i++) {
		void (*function)(void);
		memcpy(&function, (const char *)vtable + k->required[i].offset, sizeof function);
		if (!function)
			return k->required[i].name;
	}
	return NULL;
}

/* Settings that name components are lists, cut at commas and trimmed. */
static bool is_choosable(const char *name)
{
	for (; *name; name++) {
		if ((unsigned char)*name <= ' ' || *name == ',')
			return false;
	}
	return true;
}

/* What is wrong with a registration, and what to do about it; false when it may stand. */
static bool complain(const otel_setup *owner, const struct kind *k, const char *name, const void *vtable,
		     char text[MAX_COMPLAINT])
{
	const otel_component *head = vtable;
	const char *slot;
	*text = '\0';
	if (!owner->in_setup)
		snprintf(text, MAX_COMPLAINT, "call add() inside setup()");
	else if (!name || !*name)
		snprintf(text, MAX_COMPLAINT, "it has no name; give it the one that settings will say");
	else if (!is_choosable(name))
		snprintf(text, MAX_COMPLAINT, "no setting can name it; leave blanks and commas out of the name");
	else if (!head)
		snprintf(text, MAX_COMPLAINT, "it has no vtable; give a static one");
	else if (head->size < k->size || head->size > MAX_VTABLE)
		snprintf(text, MAX_COMPLAINT,
			 "its vtable says that it has %zu bytes, allowed are %zu to %u; set "
			 "component.size to the sizeof of the whole",
			 head->size, k->size, MAX_VTABLE);
	else if (head->state_size > MAX_STATE)
		snprintf(text, MAX_COMPLAINT,
			 "its state_size is %zu, allowed are up to %u; allocate the rest in open()", head->state_size,
			 MAX_STATE);
	else if ((slot = lacking(k, vtable)))
		snprintf(text, MAX_COMPLAINT, "its %s is NULL; set it", slot);
	return *text != '\0';
}

/* A parked one of the same kind and name, or a new one. Reuse keeps restarts from growing the heap. */
static struct component *component_make(otel_kind kind, const char *name)
{
	for (struct component **at = &parked; *at; at = &(*at)->next) {
		struct component *c = *at;
		if (c->kind != kind || c->is_open || strcmp(c->name, name) != 0)
			continue;
		*at = c->next;
		return c;
	}
	return calloc(1, sizeof(struct component));
}

static void component_append(struct component *component)
{
	struct component **end = &components;
	while (*end)
		end = &(*end)->next;
	*end = component;
}

otel_status component_add(otel_setup *owner, otel_kind kind, const char *name, const void *vtable, void *self)
{
	const struct kind *k = kind_of(kind);
	if (!k)
		return OTEL_UNSUPPORTED;
	char wrong[MAX_COMPLAINT];
	if (complain(owner, k, name, vtable, wrong)) {
		diag(DIAG_ERROR, "plugin \"%s\" (%s): %s \"%s\" is not registered: %s", owner->plugin->name,
		     display(owner), k->article, name ? name : "", wrong);
		return OTEL_INVALID;
	}
	const struct component *other = component_find(kind, name);
	if (other) {
		diag(DIAG_ERROR,
		     "plugin \"%s\" (%s): %s \"%s\" is already registered by plugin \"%s\" (%s); load only one of them",
		     owner->plugin->name, display(owner), k->article, name, other->owner->plugin->name,
		     display(other->owner));
		return OTEL_ALREADY;
	}
	struct component *c = component_make(kind, name);
	if (!c)
		return OTEL_NO_MEMORY;
	*c = (struct component){.kind = kind, .name = name, .vtable = vtable, .self = self, .owner = owner};
	component_append(c);
	return OTEL_OK;
}

struct component *component_find(otel_kind kind, const char *name)
{
	for (struct component *c = components; c; c = c->next) {
		if (c->kind == kind && strcmp(c->name, name) == 0)
			return c;
	}
	return NULL;
}

struct component *component_next(otel_kind kind, const struct component *after)
{
	struct component *c = after ? after->next : components;
	while (c && c->kind != kind)
		c = c->next;
	return c;
}

void component_forget(const otel_setup *owner)
{
	for (struct component **at = &components; *at;) {
		struct component *c = *at;
		if (owner && c->owner != owner) {
			at = &c->next;
			continue;
		}
		*at = c->next;
		c->next = parked;
		parked = c;
	}
}

/* ---- opening and closing ---- */

bool component_open(struct component *component, const char *origin)
{
	const otel_component *head = component->vtable;
	otel_status status = OTEL_OK;
	if (component->is_open)
		return true;
	if (!component->self && head->state_size) {
		component->self = calloc(1, head->state_size);
		component->self_is_ours = component->self != NULL;
		status = component->self ? OTEL_OK : OTEL_NO_MEMORY;
	}
	if (status == OTEL_OK && head->open)
		status = head->open(component->self, &registry_host, component->owner);
	component->is_open = status == OTEL_OK;
	if (component->is_open)
		return true;
	if (status != OTEL_FAILED) /* then it has said why itself */
		diag(DIAG_ERROR, "%s: \"%s\" of plugin \"%s\" (%s) cannot be used: %s", origin, component->name,
		     component->owner->plugin->name, display(component->owner), component_reason(status));
	if (component->self_is_ours) {
		free(component->self);
		component->self = NULL;
		component->self_is_ours = false;
	}
	return false;
}

/* It stands behind the first one, which is the one that is found by name. */
struct component *registry_open_twin(const struct component *component, const char *origin)
{
	struct component *twin = component->self_is_ours ? component_make(component->kind, component->name) : NULL;
	if (!twin)
		return NULL;
	*twin = (struct component){.kind = component->kind,
				   .name = component->name,
				   .vtable = component->vtable,
				   .owner = component->owner};
	component_append(twin);
	return component_open(twin, origin) ? twin : NULL;
}

void registry_close_one(struct component *component)
{
	const otel_component *head = component->vtable;
	component->is_open = false;
	if (head->close)
		head->close(component->self);
	if (!component->self_is_ours)
		return;
	free(component->self);
	component->self = NULL;
	component->self_is_ours = false;
}

void registry_close(void)
{
	for (struct component *c = components; c; c = c->next) {
		if (c->is_open)
			registry_close_one(c);
	}
}

/* ---- our own modules ---- */

const char *component_module(otel_kind kind, const char *name)
{
	const struct kind *k = kind_of(kind);
	for (const struct supply *s = k ? k->supplies : NULL; s && s->name; s++) {
		if (strcmp(s->name, name) == 0)
			return s->module;
	}
	return name;
}

/* ---- listing ---- */

struct names {
	const char *name[MAX_NAMES];
	size_t count;
};

static void names_add(struct names *names, const char *name)
{
	size_t at = 0;
	while (at < names->count && strcmp(names->name[at], name) < 0)
		at++;
	if (names->count == MAX_NAMES || (at < names->count && strcmp(names->name[at], name) == 0))
		return;
	memmove(&names->name[at + 1], &names->name[at], (names->count - at) * sizeof *names->name);
	names->name[at] = name;
	names->count++;
}

char *registry_names(otel_kind kind)
{
	const struct kind *k = kind_of(kind);
	struct names names = {.count = 0};
	struct buf text;
	size_t len;
	for (const struct component *c = components; c; c = c->next) {
		if (c->kind == kind)
			names_add(&names, c->name);
	}
	for (const struct supply *s = k ? k->supplies : NULL; s && s->name; s++) {
		if (loader_has(s->module, registry_boot()))
			names_add(&names, s->name);
	}
	if (k && k->may_be_none)
		names_add(&names, "none");
	buf_init(&text, 65536);
	for (size_t i = 0; i < names.count; i++) {
		buf_append_str(&text, i ? ", " : "");
		buf_append_str(&text, names.name[i]);
	}
	buf_append_char(&text, '\0');
	return (char *)buf_take(&text, &len);
}

/* ---- the kinds ---- */

static const struct supply exporters[] = {
	{"otlp", "otlp"}, {"console", "console"}, {"otlp_file", "otlp_file"}, {"otlp/stdout", "otlp_file"}, {NULL, NULL}};
static const struct supply propagators[] = {
	{"b3", "b3"}, {"b3multi", "b3"}, {"jaeger", "jaeger"}, {"ottrace", "ottrace"}, {NULL, NULL}};
static const struct supply samplers[] = {
	{"jaeger_remote", "jaeger_remote"}, {"parentbased_jaeger_remote", "jaeger_remote"}, {NULL, NULL}};

static const struct kind kinds[] = {
	{.kind = OTEL_COMPONENT_ID_GENERATOR,
	 .article = "an id_generator",
	 .size = sizeof(otel_id_generator),
	 .required = {SLOT(otel_id_generator, trace_id)}},
	{.kind = OTEL_COMPONENT_PROPAGATOR,
	 .article = "a propagator",
	 .size = sizeof(otel_propagator),
	 .required = {SLOT(otel_propagator, fields), SLOT(otel_propagator, inject), SLOT(otel_propagator, extract)},
	 .may_be_none = true,
	 .supplies = propagators},
	{.kind = OTEL_COMPONENT_RESPONSE_PROPAGATOR,
	 .article = "a response_propagator",
	 .size = sizeof(otel_response_propagator),
	 .required = {SLOT(otel_response_propagator, fields), SLOT(otel_response_propagator, inject)},
	 .may_be_none = true},
	{.kind = OTEL_COMPONENT_SAMPLER,
	 .article = "a sampler",
	 .size = offsetof(otel_sampler, description),
	 .required = {SLOT(otel_sampler, decide)},
	 .supplies = samplers},
	{.kind = OTEL_COMPONENT_DETECTOR,
	 .article = "a detector",
	 .size = sizeof(otel_detector),
	 .required = {SLOT(otel_detector, detect)},
	 .may_be_none = true},
	{.kind = OTEL_COMPONENT_SPAN_PROCESSOR,
	 .article = "a span_processor",
	 .size = offsetof(otel_span_processor, on_start),
	 .may_be_none = true},
	{.kind = OTEL_COMPONENT_LOG_PROCESSOR,
	 .article = "a log_processor",
	 .size = offsetof(otel_log_processor, flush),
	 .required = {SLOT(otel_log_processor, on_emit)},
	 .may_be_none = true},
	{.kind = OTEL_COMPONENT_BATCH_PROCESSOR,
	 .article = "a batch_processor",
	 .size = sizeof(otel_batch_processor),
	 .required = {SLOT(otel_batch_processor, process)},
	 .may_be_none = true},
	{.kind = OTEL_COMPONENT_METRIC_PRODUCER,
	 .article = "a metric_producer",
	 .size = sizeof(otel_metric_producer),
	 .required = {SLOT(otel_metric_producer, produce)},
	 .may_be_none = true},
	{.kind = OTEL_COMPONENT_EXPORTER,
	 .article = "an exporter",
	 .size = sizeof(otel_exporter),
	 .required = {SLOT(otel_exporter, export_batch)},
	 .may_be_none = true,
	 .supplies = exporters},
	{.kind = OTEL_COMPONENT_COMMAND,
	 .article = "a command",
	 .size = sizeof(otel_command),
	 .required = {SLOT(otel_command, summary), SLOT(otel_command, run)}},
	{.kind = OTEL_COMPONENT_AUTHENTICATOR,
	 .article = "an authenticator",
	 .size = sizeof(otel_authenticator),
	 .required = {SLOT(otel_authenticator, sign)},
	 .may_be_none = true},
	{.kind = OTEL_COMPONENT_INSTRUMENTATION,
	 .article = "an instrumentation",
	 .size = sizeof(otel_instrumentation),
	 .required = {SLOT(otel_instrumentation, library), SLOT(otel_instrumentation, calls)}},
};

static const struct kind *kind_of(otel_kind kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i].kind == kind)
			return &kinds[i];
	}
	return NULL;
}
