package dev.squall.runner.engine.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates and private keys as PEM (RFC 7468). Keys may be PKCS #8, or the older PKCS #1
 * (RFC 8017) and SEC 1 (RFC 5915), which certificate managers still write.
 */
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final byte[] RSA = {
    0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
  };
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
  };
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int CURVE = 0xA0;

  private Pem() {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Block(String label, byte[] der) {}

  /**
   * All certificates of a text, in order, at least one.
   *
   * @throws IllegalArgumentException if it holds none, or a broken one
   */
  public static List<X509Certificate> certificates(String text) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks(text)) {
        if (block.label().equals("CERTIFICATE")) {
          found.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate in it is broken: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no certificate in it; it must hold -----BEGIN CERTIFICATE-----");
    }
    return found;
  }

  /**
   * The first private key of a text. No message holds any of it.
   *
   * @throws IllegalArgumentException if it holds none, an encrypted or a broken one
   */
  public static PrivateKey privateKey(String text) {
    for (Block block : blocks(text)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(block.der(), "RSA", "EC", "EdDSA");
        }
        case "RSA PRIVATE KEY" -> {
          if (text.contains("Proc-Type:")) {
            throw encrypted();
          }
          return key(pkcs8(RSA, block.der()), "RSA");
        }
        case "EC PRIVATE KEY" -> {
          byte[] algorithm = Der.tagged(Der.SEQUENCE, EC_PUBLIC_KEY, curve(block.der()));
          return key(pkcs8(algorithm, block.der()), "EC");
        }
        case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
        default -> {}
      }
    }
    throw new IllegalArgumentException(
        "there is no private key in it; it must hold -----BEGIN PRIVATE KEY-----");
  }

  private static IllegalArgumentException encrypted() {
    return new IllegalArgumentException(
        "the private key is encrypted; store it without a password");
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
        blocks.add(new Block(matcher.group(1), der));
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException("the block " + matcher.group(1) + " is not Base64");
      }
    }
    return blocks;
  }

  private static PrivateKey key(byte[] pkcs8, String... algorithms) {
    for (String algorithm : algorithms) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException _) {
        // Not this algorithm's: the next one is tried.
      }
    }
    throw new IllegalArgumentException("the private key is broken, or of an unknown algorithm");
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return Der.tagged(Der.SEQUENCE, VERSION_0, algorithm, Der.tagged(Der.OCTET_STRING, key));
  }

  /** The curve's name in an EC key: its element [0]. */
  private static byte[] curve(byte[] sec1) {
    int at = contentAt(sec1, 0);
    while (at < sec1.length) {
      int content = contentAt(sec1, at);
      if ((sec1[at] & 0xFF) == CURVE && sec1[content] == OBJECT_IDENTIFIER) {
        return java.util.Arrays.copyOfRange(sec1, content, end(sec1, content));
      }
      at = end(sec1, at);
    }
    throw new IllegalArgumentException("the private key names no curve");
  }

  private static int contentAt(byte[] der, int at) {
    int first = at + 1 < der.length ? der[at + 1] & 0xFF : 0;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
  }

  private static int end(byte[] der, int at) {
    int content = contentAt(der, at);
    int length = at + 1 < der.length ? der[at + 1] & 0xFF : 0;
    if (length >= 0x80) {
      length = 0;
      for (int i = at + 2; i < content && i < der.length; i++) {
        length = (length << 8) | (der[i] & 0xFF);
      }
    }
    long end = (long) content + length;
    if (end > der.length || length < 0) {
      throw new IllegalArgumentException("the private key is cut off");
    }
    return (int) end;
  }
}
