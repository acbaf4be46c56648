package dev.latchkey.swing.internal.state;

/**
 * What the person can choose in the dialog. Those that only copy or open something are no steps.
 */
public enum Choice {
  NEW_CODE,
  TRY_AGAIN,
  BROWSER,
  UNLOCK,
  CLOSE,
  OPEN_PAGE,
  COPY_CODE,
  COPY_ADDRESS,
  COPY_DETAILS
}
