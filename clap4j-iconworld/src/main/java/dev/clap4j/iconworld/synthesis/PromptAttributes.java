package dev.clap4j.iconworld.synthesis;

import dev.clap4j.iconworld.scene.ArtStyle;
import dev.clap4j.iconworld.scene.Colour;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Scene.Attributes;
import dev.clap4j.iconworld.scene.Size;
import dev.clap4j.iconworld.scene.Word;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attributes that a prompt mentions in the words of the template, all or some; {@code photo} means a photograph.
 */
record PromptAttributes(
        Optional<ImageType> imageType, Optional<ArtStyle> artStyle, Optional<Size> size, Optional<Colour> colour) {

    /**
     * Parses a prompt; of two words for the same attribute, the first counts.
     *
     * @param className the class, whose own words are not attributes: an {@code orange orange} is one thing
     */
    static PromptAttributes in(String prompt, String className) {
        String text = without(className.toLowerCase(Locale.ROOT), prompt.toLowerCase(Locale.ROOT))
                .replaceAll("\\bphoto(graphy)?\\b", ImageType.PHOTOGRAPH.word());
        return new PromptAttributes(
                first(text, ImageType.values()),
                first(text, ArtStyle.values()),
                first(text, Size.values()),
                first(text, Colour.values()));
    }

    /** Removes the last occurrence of the class, since attributes precede it. */
    private static String without(String className, String text) {
        int at = text.lastIndexOf(className);
        return at < 0 ? text : text.substring(0, at) + " " + text.substring(at + className.length());
    }

    private static <T extends Word> Optional<T> first(String text, T[] words) {
        return Arrays.stream(words)
                .filter(word -> place(text, word).isPresent())
                .min(Comparator.comparingInt(word -> place(text, word).getAsInt()));
    }

    private static OptionalInt place(String text, Word word) {
        Matcher matcher =
                Pattern.compile("\\b" + Pattern.quote(word.word()) + "\\b").matcher(text);
        return matcher.find() ? OptionalInt.of(matcher.start()) : OptionalInt.empty();
    }

    /** Returns the mentioned attributes, drawing the others. */
    Attributes orDrawn(RandomGenerator random) {
        // All are drawn, so that mentioned attributes do not affect the others.
        ImageType drawnType = any(ImageType.values(), random);
        ArtStyle drawnStyle = any(ArtStyle.values(), random);
        Size drawnSize = any(Size.values(), random);
        Colour drawnColour = any(Colour.values(), random);
        return new Attributes(
                imageType.orElse(drawnType),
                artStyle.orElse(drawnStyle),
                size.orElse(drawnSize),
                colour.orElse(drawnColour));
    }

    private static <T> T any(T[] values, RandomGenerator random) {
        return List.of(values).get(random.nextInt(values.length));
    }
}
