/* SPDX-License-Identifier: Apache-2.0
 *
 * live_spans.h - how many spans are being recorded right now: counted where they lie, so that their start and end need
 * not.
 */
#ifndef OTEL_SDK_LIVE_SPANS_H
#define OTEL_SDK_LIVE_SPANS_H

#include <stdint.h>

struct live_spans {
	uint32_t sampled;
	uint32_t unsampled; /* recorded for processors alone */
};

/* Any thread; what begins or ends meanwhile may be in it or not. Looks at every slot there ever was. */
struct live_spans live_spans(void);

#endif
