/* SPDX-License-Identifier: Apache-2.0
 *
 * check.h - the rules of OTLP that protobuf does not enforce: what a strict backend refuses.
 */
#ifndef OTEL_OTLP_CHECK_H
#define OTEL_OTLP_CHECK_H

#include "otlp/text/request.h"

/* Ids have their lengths and are not zero, spans end after they start, texts are UTF-8, keys are not empty and come
 * once, enums and flags hold what OTLP defines. OTLP_GOOD, OTLP_INVALID (the fault names the first offender and where
 * it is) or OTLP_NO_MEMORY. */
enum otlp_verdict otlp_request_check(const struct otlp_request *request, struct otlp_fault *fault);

#endif
