/* SPDX-License-Identifier: Apache-2.0
 *
 * facts.h - asking the fake SDK, if it was loaded.
 */
#ifndef TEST_FACTS_H
#define TEST_FACTS_H

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "wake/fake_sdk.h"

static inline struct fake_sdk_facts facts_ask(void)
{
	void *library = dlopen("libotel_sdk.so.1", RTLD_LAZY | RTLD_NOLOAD);
	void *symbol = library ? dlsym(library, "fake_sdk_facts") : NULL;
	fake_sdk_facts_fn *ask;

	memcpy(&ask, &symbol, sizeof(ask));
	return ask ? ask() : (struct fake_sdk_facts){.distro = "(not loaded)"};
}

static inline void facts_print(void)
{
	struct fake_sdk_facts facts = facts_ask();

	printf("attaches=%u started=%u reentrant=%d unlocked=%u distro=%s\n", facts.attaches, facts.started,
	       facts.reentrant != 0, facts.unlocked, facts.distro);
}

#endif
