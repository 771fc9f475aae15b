/* SPDX-License-Identifier: Apache-2.0
 *
 * start_sdk.c - a program that starts the SDK and ends.
 */
#include <otel/sdk.h>

int main(void)
{
	return otel_sdk_start(OTEL_SDK_OPTIONS(.service_name = "bench")) == OTEL_OK ? 0 : 1;
}
