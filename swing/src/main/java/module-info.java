/** A sign-in dialog and an account menu for Swing applications. */
@SuppressWarnings("requires-automatic") // ZXing has no module descriptor
module dev.latchkey.swing {
  requires transitive dev.latchkey;
  requires transitive java.desktop;
  requires com.google.zxing;
  requires static org.jspecify;

  exports dev.latchkey.swing;
}
