/* SPDX-License-Identifier: Apache-2.0
 *
 * shop_sdk.c - the same program with the SDK set up in code, for those who do not want the environment to decide.
 */
#include <otel/sdk.h>
#include <stdio.h>

#include "order.h"

int main(int argc, char **argv)
{
	otel_status status = otel_sdk_start(OTEL_SDK_OPTIONS(.service_name = "shop", .service_version = "1.0.0"));
	if (status != OTEL_OK && status != OTEL_ALREADY)
		fprintf(stderr, "shop: not traced: %s\n", otel_last_error());

	int result = shop_run(argc > 1 ? argv[1] : "http://127.0.0.1:8080/");

	status = otel_sdk_stop(5000);
	if (status != OTEL_OK)
		fprintf(stderr, "shop: some spans were not delivered\n");
	return result;
}
