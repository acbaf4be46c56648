package dev.latchkey.swing.internal.view;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.util.Map;
import javax.swing.Icon;
import org.jspecify.annotations.Nullable;

/** A QR code: black on white also in a dark theme, because many cameras read nothing else. */
final class QrIcon implements Icon {

  /** ISO/IEC 18004 wants a margin of four modules. */
  private static final int MARGIN = 4;

  private final BitMatrix dark;
  private final int module;

  private QrIcon(BitMatrix dark, int module) {
    this.dark = dark;
    this.module = module;
  }

  /**
   * Draws a text.
   *
   * @param module the width of the smallest square in pixels
   * @return null if the text is too long
   */
  static @Nullable QrIcon of(String text, int module) {
    try {
      return new QrIcon(
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.MARGIN,
                      MARGIN,
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.M)),
          module);
    } catch (WriterException e) {
      return null;
    }
  }

  @Override
  public void paintIcon(Component component, Graphics graphics, int x, int y) {
    Graphics copy = graphics.create();
    copy.setColor(Color.WHITE);
    copy.fillRect(x, y, getIconWidth(), getIconHeight());
    copy.setColor(Color.BLACK);
    for (int row = 0; row < dark.getHeight(); row++) {
      for (int column = 0; column < dark.getWidth(); column++) {
        if (dark.get(column, row)) {
          copy.fillRect(x + column * module, y + row * module, module, module);
        }
      }
    }
    copy.dispose();
  }

  @Override
  public int getIconWidth() {
    return dark.getWidth() * module;
  }

  @Override
  public int getIconHeight() {
    return dark.getHeight() * module;
  }
}
