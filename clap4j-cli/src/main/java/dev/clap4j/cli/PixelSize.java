package dev.clap4j.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The size of a picture: {@code 512}, or {@code 512x768} with the width first. */
record PixelSize(int width, int height) {
    private static final Pattern TYPED = Pattern.compile("(\\d{1,6})(?:[x×](\\d{1,6}))?");

    boolean isSquare() {
        return width == height;
    }

    static final class Converter implements ITypeConverter<PixelSize> {
        @Override
        public PixelSize convert(String text) {
            Matcher typed = TYPED.matcher(text);
            if (!typed.matches()) {
                throw new TypeConversionException(
                        "should be a number of pixels, or width and height as in 512x768, not '" + text + "'");
            }
            int width = Integer.parseInt(typed.group(1));
            return new PixelSize(width, typed.group(2) == null ? width : Integer.parseInt(typed.group(2)));
        }
    }
}
