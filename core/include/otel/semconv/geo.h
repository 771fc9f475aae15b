/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/geo.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_GEO_H
#define OTEL_SEMCONV_GEO_H

/* string, development */
#define OTEL_GEO_CONTINENT_CODE "geo.continent.code"
#define OTEL_GEO_CONTINENT_CODE_AF "AF"
#define OTEL_GEO_CONTINENT_CODE_AN "AN"
#define OTEL_GEO_CONTINENT_CODE_AS "AS"
#define OTEL_GEO_CONTINENT_CODE_EU "EU"
#define OTEL_GEO_CONTINENT_CODE_NA "NA"
#define OTEL_GEO_CONTINENT_CODE_OC "OC"
#define OTEL_GEO_CONTINENT_CODE_SA "SA"

/* string, development */
#define OTEL_GEO_COUNTRY_ISO_CODE "geo.country.iso_code"

/* string, development */
#define OTEL_GEO_LOCALITY_NAME "geo.locality.name"

/* double, development */
#define OTEL_GEO_LOCATION_LAT "geo.location.lat"

/* double, development */
#define OTEL_GEO_LOCATION_LON "geo.location.lon"

/* string, development */
#define OTEL_GEO_POSTAL_CODE "geo.postal_code"

/* string, development */
#define OTEL_GEO_REGION_ISO_CODE "geo.region.iso_code"

#endif
