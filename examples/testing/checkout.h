/* SPDX-License-Identifier: Apache-2.0
 *
 * checkout.h - a function whose spans are tested.
 */
#ifndef CHECKOUT_H
#define CHECKOUT_H

#include <stdbool.h>

/* Charges the card for so many items. false: it was declined. */
bool checkout(int items, const char *card);

#endif
