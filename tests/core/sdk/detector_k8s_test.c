/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_k8s_test.c - what a pod's variables and its namespace file say.
 */
#include "core/sdk/resource_support.h"

static const char *const bare[] = {"KUBERNETES_SERVICE_HOST=10.0.0.1", "HOSTNAME=shop-5d7f-x2", NULL};
static const char *const full[] = {"KUBERNETES_SERVICE_HOST=10.0.0.1",
				   "HOSTNAME=host",
				   "POD_NAME=third",
				   "OTEL_RESOURCE_ATTRIBUTES_POD_NAME=second",
				   "K8S_POD_NAME=first",
				   "OTEL_RESOURCE_ATTRIBUTES_POD_UID=u-1",
				   "NODE_NAME=node-7",
				   "K8S_NAMESPACE_NAME=said",
				   "K8S_CONTAINER_NAME=web",
				   "K8S_DEPLOYMENT_NAME=shop",
				   "K8S_CLUSTER_NAME=prod",
				   "K8S_CLUSTER_UID=",
				   NULL};
static const char *const elsewhere[] = {"HOSTNAME=host", "K8S_POD_NAME=first", NULL};

static void begin(const char *const *env, const char *machine)
{
	support_begin(env);
	support_set("detectors", "k8s");
	support_machine(machine);
	support_build(NULL);
}

START_TEST(a_pod_without_variables_is_known_by_host_name_and_namespace)
{
	begin(bare, "k8s-containerd");
	ck_assert_str_eq(support_text("k8s.pod.name"), "shop-5d7f-x2");
	ck_assert_str_eq(support_text("k8s.namespace.name"), "shop");
	ck_assert_str_eq(support_text("k8s.pod.uid"), "absent");
	begin(bare, "k8s-v1"); /* no end of line */
	ck_assert_str_eq(support_text("k8s.namespace.name"), "shop");
	begin(bare, "odd");
	ck_assert_str_eq(support_text("k8s.namespace.name"), "absent");
}
END_TEST

START_TEST(variables_are_taken_in_their_order_and_empty_ones_are_none)
{
	begin(full, "k8s-v1");
	ck_assert_str_eq(support_text("k8s.pod.name"), "first");
	ck_assert_str_eq(support_text("k8s.pod.uid"), "u-1");
	ck_assert_str_eq(support_text("k8s.node.name"), "node-7");
	ck_assert_str_eq(support_text("k8s.namespace.name"), "said");
	ck_assert_str_eq(support_text("k8s.container.name"), "web");
	ck_assert_str_eq(support_text("k8s.deployment.name"), "shop");
	ck_assert_str_eq(support_text("k8s.cluster.name"), "prod");
	ck_assert_str_eq(support_text("k8s.cluster.uid"), "absent");
}
END_TEST

START_TEST(outside_of_kubernetes_such_variables_mean_nothing)
{
	begin(elsewhere, "k8s-v1");
	for (size_t i = 0; i < support_decoded->resource->n_attributes; i++)
		ck_assert_mem_ne(support_decoded->resource->attributes[i]->key.data, "k8s.", 4);
}
END_TEST

SUITE_MAIN("detector_k8s", NULL, {a_pod_without_variables_is_known_by_host_name_and_namespace, 0},
	   {variables_are_taken_in_their_order_and_empty_ones_are_none, 0},
	   {outside_of_kubernetes_such_variables_mean_nothing, 0})
