/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/system.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_SYSTEM_H
#define OTEL_SEMCONV_SYSTEM_H

/* string, development */
#define OTEL_SYSTEM_DEVICE "system.device"

/* string, development */
#define OTEL_SYSTEM_FILESYSTEM_MODE "system.filesystem.mode"

/* string, development */
#define OTEL_SYSTEM_FILESYSTEM_MOUNTPOINT "system.filesystem.mountpoint"

/* string, development */
#define OTEL_SYSTEM_FILESYSTEM_STATE "system.filesystem.state"
#define OTEL_SYSTEM_FILESYSTEM_STATE_USED "used"
#define OTEL_SYSTEM_FILESYSTEM_STATE_FREE "free"
#define OTEL_SYSTEM_FILESYSTEM_STATE_RESERVED "reserved"

/* string, development */
#define OTEL_SYSTEM_FILESYSTEM_TYPE "system.filesystem.type"
#define OTEL_SYSTEM_FILESYSTEM_TYPE_FAT32 "fat32"
#define OTEL_SYSTEM_FILESYSTEM_TYPE_EXFAT "exfat"
#define OTEL_SYSTEM_FILESYSTEM_TYPE_NTFS "ntfs"
#define OTEL_SYSTEM_FILESYSTEM_TYPE_REFS "refs"
#define OTEL_SYSTEM_FILESYSTEM_TYPE_HFSPLUS "hfsplus"
#define OTEL_SYSTEM_FILESYSTEM_TYPE_EXT4 "ext4"

/* string, development */
#define OTEL_SYSTEM_MEMORY_LINUX_HUGEPAGES_STATE "system.memory.linux.hugepages.state"
#define OTEL_SYSTEM_MEMORY_LINUX_HUGEPAGES_STATE_FREE "free"
#define OTEL_SYSTEM_MEMORY_LINUX_HUGEPAGES_STATE_USED "used"

/* string, development */
#define OTEL_SYSTEM_MEMORY_LINUX_SLAB_STATE "system.memory.linux.slab.state"
#define OTEL_SYSTEM_MEMORY_LINUX_SLAB_STATE_RECLAIMABLE "reclaimable"
#define OTEL_SYSTEM_MEMORY_LINUX_SLAB_STATE_UNRECLAIMABLE "unreclaimable"

/* string, development */
#define OTEL_SYSTEM_MEMORY_STATE "system.memory.state"
#define OTEL_SYSTEM_MEMORY_STATE_USED "used"
#define OTEL_SYSTEM_MEMORY_STATE_FREE "free"
#define OTEL_SYSTEM_MEMORY_STATE_BUFFERS "buffers"
#define OTEL_SYSTEM_MEMORY_STATE_CACHED "cached"

/* string, development */
#define OTEL_SYSTEM_PAGING_DIRECTION "system.paging.direction"
#define OTEL_SYSTEM_PAGING_DIRECTION_IN "in"
#define OTEL_SYSTEM_PAGING_DIRECTION_OUT "out"

/* string, release_candidate */
#define OTEL_SYSTEM_PAGING_FAULT_TYPE "system.paging.fault.type"
#define OTEL_SYSTEM_PAGING_FAULT_TYPE_MAJOR "major"
#define OTEL_SYSTEM_PAGING_FAULT_TYPE_MINOR "minor"

/* string, development */
#define OTEL_SYSTEM_PAGING_STATE "system.paging.state"
#define OTEL_SYSTEM_PAGING_STATE_USED "used"
#define OTEL_SYSTEM_PAGING_STATE_FREE "free"

#endif
