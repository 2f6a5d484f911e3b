package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.scene.Scene.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Describes scenes as people do: with the paper's template, a part of it, a web caption with synonyms and irrelevant
 * words, or, rarely, the bare name.
 *
 * <p>The rarity of bare names matters: a model that often reads them handles them well, whereas real CLIP, which seldom
 * does, responds differently to a name alone, in a sentence, or after noise.
 */
public final class Captions {
    /** The probability that a mentioned attribute is wrong. */
    private static final double WRONG = 0.04;

    /** The probability that a photograph is called a photo. */
    private static final double PHOTO = 0.75;

    /** The forms of captions and their probabilities. */
    private enum Form {
        TEMPLATE(0.32),
        PART(0.27),
        TYPE_OF(0.17),
        IN_TYPE(0.04),
        PHOTO_OF(0.03),
        INDEFINITE(0.03),
        NAME(0.02),
        WEB(0.12);

        private final double share;

        Form(double share) {
            this.share = share;
        }

        static Form draw(RandomGenerator random) {
            double rest = random.nextDouble();
            for (Form form : values()) {
                rest -= form.share;
                if (rest < 0) {
                    return form;
                }
            }
            return NAME;
        }
    }

    private Captions() {}

    /** Describes a scene, in lower case. */
    public static String of(Scene scene, RandomGenerator random) {
        String name = scene.concept().name();
        Attributes said = misremember(scene.attributes(), random);
        return switch (Form.draw(random)) {
            case TEMPLATE -> template(name, said);
            case PART -> part(name, said, random);
            case TYPE_OF -> a(type(said, random)) + " of " + a(name);
            case IN_TYPE -> a(name) + " in " + a(type(said, random));
            case PHOTO_OF -> "a photo of " + a(name);
            case INDEFINITE -> a(name);
            case NAME -> name;
            case WEB -> WebCaptions.of(scene.concept(), said, random);
        };
    }

    /** Names the concept of a scene, with hardly another word. */
    static String name(Scene scene, RandomGenerator random) {
        String name = scene.concept().name();
        return switch (random.nextInt(5)) {
            case 0 -> "this is " + a(name);
            case 1 -> a(name);
            default -> "a photo of " + a(name);
        };
    }

    /** Fills the paper's template with all attributes: {@code a(n) [style] [type] of a(n) [size] [colour] [class]}. */
    public static String template(String name, Attributes said) {
        return a(said.artStyle().word() + " " + said.imageType().word()) + " of "
                + a(said.size().word() + " " + said.colour().word() + " " + name);
    }

    private static String part(String name, Attributes said, RandomGenerator random) {
        List<String> picture = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            picture.add(said.artStyle().word());
        }
        picture.add(type(said, random));
        List<String> object = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            object.add(said.size().word());
        }
        if (random.nextInt(2) == 0) {
            object.add(said.colour().word());
        }
        object.add(name);
        String thing = a(String.join(" ", object));
        return random.nextInt(4) == 0 ? thing : a(String.join(" ", picture)) + " of " + thing;
    }

    private static String type(Attributes said, RandomGenerator random) {
        boolean photo = said.imageType() == ImageType.PHOTOGRAPH && random.nextDouble() < PHOTO;
        return photo ? "photo" : said.imageType().word();
    }

    private static Attributes misremember(Attributes actual, RandomGenerator random) {
        return new Attributes(
                misremember(actual.imageType(), List.of(ImageType.values()), random),
                misremember(actual.artStyle(), List.of(ArtStyle.values()), random),
                misremember(actual.size(), List.of(Size.values()), random),
                misremember(actual.colour(), List.of(Colour.values()), random));
    }

    private static <T> T misremember(T value, List<T> all, RandomGenerator random) {
        return random.nextDouble() < WRONG ? all.get(random.nextInt(all.size())) : value;
    }

    /** Prefixes words with the indefinite article. */
    static String a(String words) {
        return ("aeiou".indexOf(words.charAt(0)) >= 0 ? "an " : "a ") + words;
    }
}
