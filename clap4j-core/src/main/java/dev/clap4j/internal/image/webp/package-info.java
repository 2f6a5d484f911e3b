/** WebP files: their container, VP8 (lossy), VP8L (lossless) and the alpha plane, with libwebp's pixels. */
package dev.clap4j.internal.image.webp;
