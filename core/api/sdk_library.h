/* SPDX-License-Identifier: Apache-2.0
 *
 * sdk_library.h - finding and loading libotel_sdk.so.1.
 */
#ifndef OTEL_API_SDK_LIBRARY_H
#define OTEL_API_SDK_LIBRARY_H

#include "api/own_slot.h"

/* Notes where this copy lies. In the constructor, while the working directory is still the one names are relative to.
 */
void sdk_library_note_place(void) HIDDEN;

/* The SDK's entry, NULL with one line to the operator. Looks beside this copy, in ../lib from there, then asks the
 * loader. The library is never unloaded, nor is this copy from then on. One thread at a time. */
otel_sdk_attach_fn *sdk_library_load(void) HIDDEN;

/* The dynamic linker is at it: a child forked now would find the library half loaded. */
extern _Atomic bool sdk_library_is_loading HIDDEN;

#endif
