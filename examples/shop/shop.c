/* SPDX-License-Identifier: Apache-2.0
 *
 * shop.c - the demo program. It knows the API alone; who traces it, and where to, is decided outside:
 *
 *     ./shop                          untraced
 *     OTEL_DISTRO=aws ./shop          X-Ray ids, OTLP to 127.0.0.1:4318
 */
#include "order.h"

int main(int argc, char **argv)
{
	return shop_run(argc > 1 ? argv[1] : "http://127.0.0.1:8080/");
}
