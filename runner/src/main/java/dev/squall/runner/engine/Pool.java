package dev.squall.runner.engine;

/** Connections that all exchanges of an event loop share. Only the event loop calls it. */
interface Pool extends Connections {
  /** What is opened before the start. */
  Opening opening();

  /** Opens another connection; false if no address is known, or there are as many as may be. */
  boolean dial();

  /** Why no address is known, as long as none is. */
  String unresolved();

  /** Connections that there are, not counting those that are not established yet. */
  int established();

  /** Connections that there are. */
  int count();
}
