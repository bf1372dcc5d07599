package dev.squall.operator.observe;

/**
 * Why a pod of a run is not ready, or a Job has no pod: in Kubernetes' own words.
 *
 * @param reason its own reason, such as {@code ErrImageNeverPull}, {@code Unschedulable}, {@code
 *     QuotaExceeded}
 * @param message which pod or Job, and what it says
 */
public record PodProblem(String reason, String message) {}
