/* SPDX-License-Identifier: Apache-2.0
 *
 * order.h - the shop: places orders, and is traced while it does.
 */
#ifndef SHOP_ORDER_H
#define SHOP_ORDER_H

struct order {
	int number;
	const char *customer; /* NULL: the order is bad */
	const char *const *items;
	int item_count;
	double total;
};

/* Places the two orders of the demo, one good and one bad; asks `inventory_url` whether the goods are there. 0. */
int shop_run(const char *inventory_url);

#endif
