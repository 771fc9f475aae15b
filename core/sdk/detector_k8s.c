/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_k8s.c - k8s.*: what a pod's specification hands in through variables (the downward API), and the file that
 * every pod with a service account has. Nothing is asked over the network.
 */
#include "sdk/detector_builtin.h"

#include "sdk/detector_finding.h"
#include "sdk/resource_file.h"

#define NAMES_MAX 4

/* Variables in the order of their weight: ours to ask for, the operator's, then what people often call them. */
static const struct {
	const char *key;
	const char *variables[NAMES_MAX];
} sources[] = {
	{"k8s.cluster.name", {"K8S_CLUSTER_NAME"}},
	{"k8s.cluster.uid", {"K8S_CLUSTER_UID"}},
	{"k8s.namespace.name", {"K8S_NAMESPACE_NAME", "K8S_NAMESPACE", "POD_NAMESPACE"}},
	{"k8s.node.name", {"K8S_NODE_NAME", "OTEL_RESOURCE_ATTRIBUTES_NODE_NAME", "NODE_NAME"}},
	{"k8s.pod.name", {"K8S_POD_NAME", "OTEL_RESOURCE_ATTRIBUTES_POD_NAME", "POD_NAME", "HOSTNAME"}},
	{"k8s.pod.uid", {"K8S_POD_UID", "OTEL_RESOURCE_ATTRIBUTES_POD_UID", "POD_UID"}},
	{"k8s.container.name", {"K8S_CONTAINER_NAME", "CONTAINER_NAME"}},
	{"k8s.deployment.name", {"K8S_DEPLOYMENT_NAME"}},
	{"k8s.statefulset.name", {"K8S_STATEFULSET_NAME"}},
	{"k8s.daemonset.name", {"K8S_DAEMONSET_NAME"}},
	{"k8s.replicaset.name", {"K8S_REPLICASET_NAME"}},
	{"k8s.job.name", {"K8S_JOB_NAME"}},
	{"k8s.cronjob.name", {"K8S_CRONJOB_NAME"}},
};

static const char *read_variable(const struct detector_own *own, const char *const names[NAMES_MAX])
{
	for (size_t i = 0; i < NAMES_MAX && names[i]; i++) {
		const char *value = own->host->env(own->setup, names[i]);
		if (value && *value)
			return value;
	}
	return NULL;
}

static void find_namespace(struct finding *f)
{
	char name[256];

	if (resource_file_line("/var/run/secrets/kubernetes.io/serviceaccount/namespace", name, sizeof name))
		finding_text(f, "k8s.namespace.name", name);
}

static otel_status detect_k8s(void *self, otel_detect_op *op)
{
	const struct detector_own *own = self;
	const char *service = own->host->env(own->setup, "KUBERNETES_SERVICE_HOST");
	struct finding f = finding_begin(own);

	if (service && *service) {
		find_namespace(&f); /* first: a variable is nearer to what the operator means */
		for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
			finding_text(&f, sources[i].key, read_variable(own, sources[i].variables));
	}
	finding_end(&f, op);
	return OTEL_OK;
}

const otel_detector detector_k8s = DETECTOR_OWN(detect_k8s);
