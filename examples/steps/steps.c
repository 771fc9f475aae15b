/* SPDX-License-Identifier: Apache-2.0
 *
 * steps.c - one trace across processes: `steps` runs itself twice, and each child continues the trace of its parent
 * through environment variables (TRACEPARENT and the like, whatever OTEL_PROPAGATORS says).
 *
 *     OTEL_DISTRO=aws ./steps         three spans of three processes in one trace
 *     TRACEPARENT=00-… ./steps        … which continues the trace of whoever started it
 */
#include <otel/otel.h>

#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

static struct otel_tracer *tracer(void)
{
	return otel_tracer("steps", "1.0.0");
}

/* What the process that started us was doing; NULL if it did not say. A reference. */
static otel_context *context_of_parent(void)
{
	otel_environment *environment = otel_environment_create(environ);
	otel_carrier carrier = otel_environment_carrier(environment);
	otel_context *context = otel_extract(NULL, &carrier);

	otel_environment_destroy(environment);
	return context;
}

static int run_step(char *program, char *name)
{
	OTEL_SPAN(span, tracer(), "run");
	char *const argv[] = {program, name, NULL};
	otel_environment *environment = otel_environment_create(environ);
	pid_t child;
	int status = -1;

	otel_span_set_str(span, "step.name", name);
	otel_environment_inject(environment, NULL);
	if (posix_spawnp(&child, program, NULL, NULL, argv, otel_environment_envp(environment)) == 0)
		waitpid(child, &status, 0);
	otel_environment_destroy(environment);
	if (status != 0)
		otel_span_fail(span, "the step did not succeed");
	return status;
}

static int run_all(char *program)
{
	static char first[] = "fetch", second[] = "store";
	OTEL_SPAN(span, tracer(), "steps");
	int failed = run_step(program, first) != 0 || run_step(program, second) != 0;

	otel_span_set_bool(span, "steps.failed", failed);
	return failed;
}

static int do_step(const char *name)
{
	OTEL_SPAN(span, tracer(), name);
	otel_span_set_int(span, "name.length", (int64_t)strlen(name));
	printf("%s done\n", name);
	return 0;
}

int main(int argc, char **argv)
{
	otel_context *parent = context_of_parent();
	otel_token token = otel_context_attach(parent);
	int status = argc > 1 ? do_step(argv[1]) : run_all(argv[0]);

	otel_detach(token);
	otel_context_unref(parent);
	return status;
}
