package dev.squall.api.v1alpha1;

/**
 * Patterns of the API's strings, in the syntax that Go's RE2 and Java's regular expressions share.
 */
final class Patterns {
  /**
   * A duration such as {@code 1m30s}, {@code 500ms} or {@code 1.5h}. Six digits and 20 characters
   * in all keep it within what Go's int64 nanoseconds hold (292 years).
   */
  static final String DURATION = "^([0-9]{1,6}(\\.[0-9]{1,3})?(ms|s|m|h))+$";

  static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  static final String DNS_SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /** A Service's name (RFC 1035): a label that starts with a letter. */
  static final String SERVICE_NAME = "^[a-z]([-a-z0-9]*[a-z0-9])?$";

  /** A name for people, such as a task's: one line, no space at its ends. */
  static final String NAME = "^\\S(.*\\S)?$";

  /** A name that templates refer to as {@code ${name}}. */
  static final String REFERENCE = "^[A-Za-z_][A-Za-z0-9_-]*$";

  static final String TAG = "^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?$";

  /** A key of a Secret or ConfigMap. */
  static final String KEY = "^[-._a-zA-Z0-9]+$";

  /** A header's name: a token of RFC 9110. */
  static final String HEADER_NAME = "^[-!#$%&'*+.^_`|~0-9A-Za-z]+$";

  static final String METHOD = "^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$";

  static final String SCHEME = "^(http|https)$";

  static final String TLS_VERSION = "^1\\.[23]$";

  static final String PATH = "^/\\S*$";

  /** A path inside a volume. */
  static final String RELATIVE_PATH = "^[^/\\s]\\S*$";

  /** A base URL without user, query and fragment. */
  static final String URL = "^https?://[^\\s/?#@]+(/[^\\s?#]*)?$";

  static final String STATUS_CLASS = "^[1-5]xx$";

  static final String UUID_VERSION = "^v4$";

  static final String BUCKET = "^[a-z0-9][-.a-z0-9]*[a-z0-9]$";

  /** Folders separated by slashes, with none at the ends; or nothing. */
  static final String PREFIX = "^([-A-Za-z0-9_.]+(/[-A-Za-z0-9_.]+)*)?$";

  static final String TIME =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})$";

  static final String CONDITION_TYPE = "^[A-Za-z]([-A-Za-z0-9_./]*[A-Za-z0-9])?$";

  static final String CONDITION_STATUS = "^(True|False|Unknown)$";

  static final String CONDITION_REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

  private Patterns() {}
}
