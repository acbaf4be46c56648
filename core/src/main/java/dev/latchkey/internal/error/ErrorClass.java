package dev.latchkey.internal.error;

/**
 * What a caller has to do about an error: the second column of the tables. Of several numbers in
 * one error, the one whose class comes first here says more than the others: what a new sign-in
 * cannot mend, then what it can, then what passes by itself.
 */
enum ErrorClass {
  /** Ask an administrator. */
  ADMIN,
  /** Correct the account. */
  USER,
  /** Correct the application's registration or request. */
  APP,
  /** Nothing: the person refused. */
  DECLINED,
  /** Begin a new sign-in with a new device code. */
  NEW,
  /** Sign in again with the claims that the server wants. */
  CLAIMS,
  /** Sign in again. */
  SIGNIN,
  /** Ask less often. */
  SLOW,
  /** Ask later. */
  LATER,
  /** Ask later: the service is out of order. */
  OUT,
  /** Go on polling. */
  WAIT,
  /**
   * The server finds the request or what it carries invalid, and does not say why: {@code error}
   * decides. The remedy counts where that makes it the application's matter.
   */
  REQUEST,
  /** Shown in a browser only. If it comes here after all, {@code error} decides. */
  BROWSER
}
