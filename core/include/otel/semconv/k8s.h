/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/k8s.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_K8S_H
#define OTEL_SEMCONV_K8S_H

/* string, stable */
#define OTEL_K8S_CLUSTER_NAME "k8s.cluster.name"

/* string, stable */
#define OTEL_K8S_CLUSTER_UID "k8s.cluster.uid"

/* string, development */
#define OTEL_K8S_CONTAINER_EPHEMERAL_STORAGE_FS_TYPE "k8s.container.ephemeral_storage.fs_type"
#define OTEL_K8S_CONTAINER_EPHEMERAL_STORAGE_FS_TYPE_ROOTFS "rootfs"
#define OTEL_K8S_CONTAINER_EPHEMERAL_STORAGE_FS_TYPE_LOGS "logs"

/* string, stable */
#define OTEL_K8S_CONTAINER_NAME "k8s.container.name"

/* int, stable */
#define OTEL_K8S_CONTAINER_RESTART_COUNT "k8s.container.restart_count"

/* string, development */
#define OTEL_K8S_CONTAINER_STATUS_LAST_TERMINATED_REASON "k8s.container.status.last_terminated_reason"

/* string, experimental */
#define OTEL_K8S_CONTAINER_STATUS_REASON "k8s.container.status.reason"
#define OTEL_K8S_CONTAINER_STATUS_REASON_CONTAINER_CREATING "ContainerCreating"
#define OTEL_K8S_CONTAINER_STATUS_REASON_CRASH_LOOP_BACK_OFF "CrashLoopBackOff"
#define OTEL_K8S_CONTAINER_STATUS_REASON_CREATE_CONTAINER_CONFIG_ERROR "CreateContainerConfigError"
#define OTEL_K8S_CONTAINER_STATUS_REASON_ERR_IMAGE_PULL "ErrImagePull"
#define OTEL_K8S_CONTAINER_STATUS_REASON_IMAGE_PULL_BACK_OFF "ImagePullBackOff"
#define OTEL_K8S_CONTAINER_STATUS_REASON_OOM_KILLED "OOMKilled"
#define OTEL_K8S_CONTAINER_STATUS_REASON_COMPLETED "Completed"
#define OTEL_K8S_CONTAINER_STATUS_REASON_ERROR "Error"
#define OTEL_K8S_CONTAINER_STATUS_REASON_CONTAINER_CANNOT_RUN "ContainerCannotRun"

/* string, experimental */
#define OTEL_K8S_CONTAINER_STATUS_STATE "k8s.container.status.state"
#define OTEL_K8S_CONTAINER_STATUS_STATE_TERMINATED "terminated"
#define OTEL_K8S_CONTAINER_STATUS_STATE_RUNNING "running"
#define OTEL_K8S_CONTAINER_STATUS_STATE_WAITING "waiting"

/* string template, stable */
#define OTEL_K8S_CRONJOB_ANNOTATION "k8s.cronjob.annotation"

/* string template, stable */
#define OTEL_K8S_CRONJOB_LABEL "k8s.cronjob.label"

/* string, stable */
#define OTEL_K8S_CRONJOB_NAME "k8s.cronjob.name"

/* string, stable */
#define OTEL_K8S_CRONJOB_UID "k8s.cronjob.uid"

/* string template, stable */
#define OTEL_K8S_DAEMONSET_ANNOTATION "k8s.daemonset.annotation"

/* string template, stable */
#define OTEL_K8S_DAEMONSET_LABEL "k8s.daemonset.label"

/* string, stable */
#define OTEL_K8S_DAEMONSET_NAME "k8s.daemonset.name"

/* string, stable */
#define OTEL_K8S_DAEMONSET_UID "k8s.daemonset.uid"

/* string template, stable */
#define OTEL_K8S_DEPLOYMENT_ANNOTATION "k8s.deployment.annotation"

/* string template, stable */
#define OTEL_K8S_DEPLOYMENT_LABEL "k8s.deployment.label"

/* string, stable */
#define OTEL_K8S_DEPLOYMENT_NAME "k8s.deployment.name"

/* string, stable */
#define OTEL_K8S_DEPLOYMENT_UID "k8s.deployment.uid"

/* string, development */
#define OTEL_K8S_HPA_METRIC_TYPE "k8s.hpa.metric.type"

/* string, development */
#define OTEL_K8S_HPA_NAME "k8s.hpa.name"

/* string, development */
#define OTEL_K8S_HPA_SCALETARGETREF_API_VERSION "k8s.hpa.scaletargetref.api_version"

/* string, development */
#define OTEL_K8S_HPA_SCALETARGETREF_KIND "k8s.hpa.scaletargetref.kind"

/* string, development */
#define OTEL_K8S_HPA_SCALETARGETREF_NAME "k8s.hpa.scaletargetref.name"

/* string, development */
#define OTEL_K8S_HPA_UID "k8s.hpa.uid"

/* string, development */
#define OTEL_K8S_HUGEPAGE_SIZE "k8s.hugepage.size"

/* string template, stable */
#define OTEL_K8S_JOB_ANNOTATION "k8s.job.annotation"

/* string template, stable */
#define OTEL_K8S_JOB_LABEL "k8s.job.label"

/* string, stable */
#define OTEL_K8S_JOB_NAME "k8s.job.name"

/* string, stable */
#define OTEL_K8S_JOB_UID "k8s.job.uid"

/* string template, stable */
#define OTEL_K8S_NAMESPACE_ANNOTATION "k8s.namespace.annotation"

/* string template, stable */
#define OTEL_K8S_NAMESPACE_LABEL "k8s.namespace.label"

/* string, stable */
#define OTEL_K8S_NAMESPACE_NAME "k8s.namespace.name"

/* string, development */
#define OTEL_K8S_NAMESPACE_PHASE "k8s.namespace.phase"
#define OTEL_K8S_NAMESPACE_PHASE_ACTIVE "active"
#define OTEL_K8S_NAMESPACE_PHASE_TERMINATING "terminating"

/* string template, stable */
#define OTEL_K8S_NODE_ANNOTATION "k8s.node.annotation"

/* string, development */
#define OTEL_K8S_NODE_CONDITION_STATUS "k8s.node.condition.status"
#define OTEL_K8S_NODE_CONDITION_STATUS_CONDITION_TRUE "true"
#define OTEL_K8S_NODE_CONDITION_STATUS_CONDITION_FALSE "false"
#define OTEL_K8S_NODE_CONDITION_STATUS_CONDITION_UNKNOWN "unknown"

/* string, development */
#define OTEL_K8S_NODE_CONDITION_TYPE "k8s.node.condition.type"
#define OTEL_K8S_NODE_CONDITION_TYPE_READY "Ready"
#define OTEL_K8S_NODE_CONDITION_TYPE_DISK_PRESSURE "DiskPressure"
#define OTEL_K8S_NODE_CONDITION_TYPE_MEMORY_PRESSURE "MemoryPressure"
#define OTEL_K8S_NODE_CONDITION_TYPE_PID_PRESSURE "PIDPressure"
#define OTEL_K8S_NODE_CONDITION_TYPE_NETWORK_UNAVAILABLE "NetworkUnavailable"

/* string template, stable */
#define OTEL_K8S_NODE_LABEL "k8s.node.label"

/* string, stable */
#define OTEL_K8S_NODE_NAME "k8s.node.name"

/* string, development */
#define OTEL_K8S_NODE_SYSTEM_CONTAINER_NAME "k8s.node.system_container.name"

/* string, stable */
#define OTEL_K8S_NODE_UID "k8s.node.uid"

/* string template, development */
#define OTEL_K8S_PERSISTENTVOLUME_ANNOTATION "k8s.persistentvolume.annotation"

/* string template, development */
#define OTEL_K8S_PERSISTENTVOLUME_LABEL "k8s.persistentvolume.label"

/* string, development */
#define OTEL_K8S_PERSISTENTVOLUME_NAME "k8s.persistentvolume.name"

/* string, development */
#define OTEL_K8S_PERSISTENTVOLUME_RECLAIM_POLICY "k8s.persistentvolume.reclaim_policy"
#define OTEL_K8S_PERSISTENTVOLUME_RECLAIM_POLICY_DELETE "Delete"
#define OTEL_K8S_PERSISTENTVOLUME_RECLAIM_POLICY_RECYCLE "Recycle"
#define OTEL_K8S_PERSISTENTVOLUME_RECLAIM_POLICY_RETAIN "Retain"

/* string, development */
#define OTEL_K8S_PERSISTENTVOLUME_STATUS_PHASE "k8s.persistentvolume.status.phase"
#define OTEL_K8S_PERSISTENTVOLUME_STATUS_PHASE_AVAILABLE "Available"
#define OTEL_K8S_PERSISTENTVOLUME_STATUS_PHASE_BOUND "Bound"
#define OTEL_K8S_PERSISTENTVOLUME_STATUS_PHASE_FAILED "Failed"
#define OTEL_K8S_PERSISTENTVOLUME_STATUS_PHASE_PENDING "Pending"
#define OTEL_K8S_PERSISTENTVOLUME_STATUS_PHASE_RELEASED "Released"

/* string, development */
#define OTEL_K8S_PERSISTENTVOLUME_UID "k8s.persistentvolume.uid"

/* string template, development */
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_ANNOTATION "k8s.persistentvolumeclaim.annotation"

/* string template, development */
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_LABEL "k8s.persistentvolumeclaim.label"

/* string, development */
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_NAME "k8s.persistentvolumeclaim.name"

/* string, development */
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_STATUS_PHASE "k8s.persistentvolumeclaim.status.phase"
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_STATUS_PHASE_BOUND "Bound"
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_STATUS_PHASE_LOST "Lost"
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_STATUS_PHASE_PENDING "Pending"

/* string, development */
#define OTEL_K8S_PERSISTENTVOLUMECLAIM_UID "k8s.persistentvolumeclaim.uid"

/* string template, stable */
#define OTEL_K8S_POD_ANNOTATION "k8s.pod.annotation"

/* string, stable */
#define OTEL_K8S_POD_HOSTNAME "k8s.pod.hostname"

/* string, stable */
#define OTEL_K8S_POD_IP "k8s.pod.ip"

/* string template, stable */
#define OTEL_K8S_POD_LABEL "k8s.pod.label"

/* string, stable */
#define OTEL_K8S_POD_NAME "k8s.pod.name"

/* string, stable */
#define OTEL_K8S_POD_START_TIME "k8s.pod.start_time"

/* string, development */
#define OTEL_K8S_POD_STATUS_PHASE "k8s.pod.status.phase"
#define OTEL_K8S_POD_STATUS_PHASE_PENDING "Pending"
#define OTEL_K8S_POD_STATUS_PHASE_RUNNING "Running"
#define OTEL_K8S_POD_STATUS_PHASE_SUCCEEDED "Succeeded"
#define OTEL_K8S_POD_STATUS_PHASE_FAILED "Failed"
#define OTEL_K8S_POD_STATUS_PHASE_UNKNOWN "Unknown"

/* string, development */
#define OTEL_K8S_POD_STATUS_REASON "k8s.pod.status.reason"
#define OTEL_K8S_POD_STATUS_REASON_EVICTED "Evicted"
#define OTEL_K8S_POD_STATUS_REASON_NODE_AFFINITY "NodeAffinity"
#define OTEL_K8S_POD_STATUS_REASON_NODE_LOST "NodeLost"
#define OTEL_K8S_POD_STATUS_REASON_SHUTDOWN "Shutdown"
#define OTEL_K8S_POD_STATUS_REASON_UNEXPECTED_ADMISSION_ERROR "UnexpectedAdmissionError"

/* string, stable */
#define OTEL_K8S_POD_UID "k8s.pod.uid"

/* string template, stable */
#define OTEL_K8S_REPLICASET_ANNOTATION "k8s.replicaset.annotation"

/* string template, stable */
#define OTEL_K8S_REPLICASET_LABEL "k8s.replicaset.label"

/* string, stable */
#define OTEL_K8S_REPLICASET_NAME "k8s.replicaset.name"

/* string, stable */
#define OTEL_K8S_REPLICASET_UID "k8s.replicaset.uid"

/* string, development */
#define OTEL_K8S_REPLICATIONCONTROLLER_NAME "k8s.replicationcontroller.name"

/* string, development */
#define OTEL_K8S_REPLICATIONCONTROLLER_UID "k8s.replicationcontroller.uid"

/* string, development */
#define OTEL_K8S_RESOURCEQUOTA_NAME "k8s.resourcequota.name"

/* string, development */
#define OTEL_K8S_RESOURCEQUOTA_RESOURCE_NAME "k8s.resourcequota.resource_name"

/* string, development */
#define OTEL_K8S_RESOURCEQUOTA_UID "k8s.resourcequota.uid"

/* string template, development */
#define OTEL_K8S_SERVICE_ANNOTATION "k8s.service.annotation"

/* string, development */
#define OTEL_K8S_SERVICE_ENDPOINT_ADDRESS_TYPE "k8s.service.endpoint.address_type"
#define OTEL_K8S_SERVICE_ENDPOINT_ADDRESS_TYPE_IPV4 "IPv4"
#define OTEL_K8S_SERVICE_ENDPOINT_ADDRESS_TYPE_IPV6 "IPv6"
#define OTEL_K8S_SERVICE_ENDPOINT_ADDRESS_TYPE_FQDN "FQDN"

/* string, development */
#define OTEL_K8S_SERVICE_ENDPOINT_CONDITION "k8s.service.endpoint.condition"
#define OTEL_K8S_SERVICE_ENDPOINT_CONDITION_READY "ready"
#define OTEL_K8S_SERVICE_ENDPOINT_CONDITION_SERVING "serving"
#define OTEL_K8S_SERVICE_ENDPOINT_CONDITION_TERMINATING "terminating"

/* string, development */
#define OTEL_K8S_SERVICE_ENDPOINT_ZONE "k8s.service.endpoint.zone"

/* string template, development */
#define OTEL_K8S_SERVICE_LABEL "k8s.service.label"

/* string, development */
#define OTEL_K8S_SERVICE_NAME "k8s.service.name"

/* boolean, development */
#define OTEL_K8S_SERVICE_PUBLISH_NOT_READY_ADDRESSES "k8s.service.publish_not_ready_addresses"

/* string template, development */
#define OTEL_K8S_SERVICE_SELECTOR "k8s.service.selector"

/* string, development */
#define OTEL_K8S_SERVICE_TRAFFIC_DISTRIBUTION "k8s.service.traffic_distribution"

/* string, development */
#define OTEL_K8S_SERVICE_TYPE "k8s.service.type"
#define OTEL_K8S_SERVICE_TYPE_CLUSTER_IP "ClusterIP"
#define OTEL_K8S_SERVICE_TYPE_NODE_PORT "NodePort"
#define OTEL_K8S_SERVICE_TYPE_LOAD_BALANCER "LoadBalancer"
#define OTEL_K8S_SERVICE_TYPE_EXTERNAL_NAME "ExternalName"

/* string, development */
#define OTEL_K8S_SERVICE_UID "k8s.service.uid"

/* string template, stable */
#define OTEL_K8S_STATEFULSET_ANNOTATION "k8s.statefulset.annotation"

/* string template, stable */
#define OTEL_K8S_STATEFULSET_LABEL "k8s.statefulset.label"

/* string, stable */
#define OTEL_K8S_STATEFULSET_NAME "k8s.statefulset.name"

/* string, stable */
#define OTEL_K8S_STATEFULSET_UID "k8s.statefulset.uid"

/* string, development */
#define OTEL_K8S_STORAGECLASS_NAME "k8s.storageclass.name"

/* string, development */
#define OTEL_K8S_VOLUME_NAME "k8s.volume.name"

/* string, development */
#define OTEL_K8S_VOLUME_TYPE "k8s.volume.type"
#define OTEL_K8S_VOLUME_TYPE_PERSISTENT_VOLUME_CLAIM "persistentVolumeClaim"
#define OTEL_K8S_VOLUME_TYPE_CONFIG_MAP "configMap"
#define OTEL_K8S_VOLUME_TYPE_DOWNWARD_API "downwardAPI"
#define OTEL_K8S_VOLUME_TYPE_EMPTY_DIR "emptyDir"
#define OTEL_K8S_VOLUME_TYPE_SECRET "secret"
#define OTEL_K8S_VOLUME_TYPE_LOCAL "local"

#endif
