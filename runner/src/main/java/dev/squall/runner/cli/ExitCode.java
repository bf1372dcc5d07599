package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.Verdict;

/** What the program's exit code says. */
enum ExitCode {
  /** The run passed; or the command did what it was asked. */
  PASSED(0, "every threshold held, or the command did its job"),
  /** The run says nothing about the target. */
  INCONCLUSIVE(98, "the run cannot say: broken, or too few samples"),
  /** A threshold was broken. */
  FAILED(99, "a threshold was broken"),
  /** The manifest, or what it names, is wrong. */
  INVALID(104, "the manifest or an option is invalid"),
  /** The run was ended by hand. */
  ABORTED(105, "the run was ended before its load had ended"),
  /** A fault of this program or of its surroundings. */
  INTERNAL(107, "an internal error");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  static ExitCode of(Verdict verdict) {
    return switch (verdict) {
      case Passed -> PASSED;
      case Failed -> FAILED;
      case Inconclusive -> INCONCLUSIVE;
    };
  }
}
