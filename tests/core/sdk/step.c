/* SPDX-License-Identifier: Apache-2.0
 *
 * step.c - see step.h.
 */
#include "core/sdk/step.h"

#if STEP_IS_POSSIBLE

#include <check.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>

#define TRAP_FLAG 0x100

static volatile unsigned steps_left;
static void (*volatile on_time)(void);

static void set_trap(void *context, bool on)
{
	greg_t *flags = &((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL];

	*flags = on ? *flags | TRAP_FLAG : *flags & ~(greg_t)TRAP_FLAG;
}

static void on_signal(int signal, siginfo_t *info, void *context)
{
	(void)info;
	if (signal != SIGTRAP) {
		set_trap(context, signal == SIGUSR1);
		return;
	}
	if (--steps_left)
		return;
	set_trap(context, false);
	on_time();
}

bool step_run(void (*function)(void), unsigned at, void (*handler)(void))
{
	struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};

	steps_left = at;
	on_time = handler;
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(sigaction((int[]){SIGTRAP, SIGUSR1, SIGUSR2}[i], &action, NULL), 0);
	raise(SIGUSR1);
	function();
	raise(SIGUSR2);
	return !steps_left;
}

#else

bool step_run(void (*function)(void), unsigned at, void (*handler)(void))
{
	(void)at;
	function();
	handler();
	return false;
}

#endif
