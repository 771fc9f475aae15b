/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/vcs.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_VCS_H
#define OTEL_SEMCONV_VCS_H

/* string, release_candidate */
#define OTEL_VCS_CHANGE_ID "vcs.change.id"

/* string, release_candidate */
#define OTEL_VCS_CHANGE_STATE "vcs.change.state"
#define OTEL_VCS_CHANGE_STATE_OPEN "open"
#define OTEL_VCS_CHANGE_STATE_WIP "wip"
#define OTEL_VCS_CHANGE_STATE_CLOSED "closed"
#define OTEL_VCS_CHANGE_STATE_MERGED "merged"

/* string, release_candidate */
#define OTEL_VCS_CHANGE_TITLE "vcs.change.title"

/* string, release_candidate */
#define OTEL_VCS_LINE_CHANGE_TYPE "vcs.line_change.type"
#define OTEL_VCS_LINE_CHANGE_TYPE_ADDED "added"
#define OTEL_VCS_LINE_CHANGE_TYPE_REMOVED "removed"

/* string, release_candidate */
#define OTEL_VCS_OWNER_NAME "vcs.owner.name"

/* string, release_candidate */
#define OTEL_VCS_PROVIDER_NAME "vcs.provider.name"
#define OTEL_VCS_PROVIDER_NAME_GITHUB "github"
#define OTEL_VCS_PROVIDER_NAME_GITLAB "gitlab"
#define OTEL_VCS_PROVIDER_NAME_GITEA "gitea"
#define OTEL_VCS_PROVIDER_NAME_BITBUCKET "bitbucket"

/* string, release_candidate */
#define OTEL_VCS_REF_BASE_NAME "vcs.ref.base.name"

/* string, release_candidate */
#define OTEL_VCS_REF_BASE_REVISION "vcs.ref.base.revision"

/* string, release_candidate */
#define OTEL_VCS_REF_BASE_TYPE "vcs.ref.base.type"
#define OTEL_VCS_REF_BASE_TYPE_BRANCH "branch"
#define OTEL_VCS_REF_BASE_TYPE_TAG "tag"

/* string, release_candidate */
#define OTEL_VCS_REF_HEAD_NAME "vcs.ref.head.name"

/* string, release_candidate */
#define OTEL_VCS_REF_HEAD_REVISION "vcs.ref.head.revision"

/* string, release_candidate */
#define OTEL_VCS_REF_HEAD_TYPE "vcs.ref.head.type"
#define OTEL_VCS_REF_HEAD_TYPE_BRANCH "branch"
#define OTEL_VCS_REF_HEAD_TYPE_TAG "tag"

/* string, release_candidate */
#define OTEL_VCS_REF_TYPE "vcs.ref.type"
#define OTEL_VCS_REF_TYPE_BRANCH "branch"
#define OTEL_VCS_REF_TYPE_TAG "tag"

/* string, release_candidate */
#define OTEL_VCS_REPOSITORY_NAME "vcs.repository.name"

/* string, release_candidate */
#define OTEL_VCS_REPOSITORY_URL_FULL "vcs.repository.url.full"

/* string, release_candidate */
#define OTEL_VCS_REVISION_DELTA_DIRECTION "vcs.revision_delta.direction"
#define OTEL_VCS_REVISION_DELTA_DIRECTION_BEHIND "behind"
#define OTEL_VCS_REVISION_DELTA_DIRECTION_AHEAD "ahead"

#endif
