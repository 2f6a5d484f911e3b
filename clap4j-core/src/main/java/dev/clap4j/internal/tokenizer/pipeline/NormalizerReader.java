package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import java.text.Normalizer.Form;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Reads the {@code normalizer} of a {@code tokenizer.json}. */
final class NormalizerReader {
    private static final List<String> KINDS = List.of(
            "NFC",
            "NFD",
            "NFKC",
            "NFKD",
            "Lowercase",
            "Replace",
            "Strip",
            "StripAccents",
            "Prepend",
            "Precompiled",
            "BertNormalizer",
            "Sequence");

    private NormalizerReader() {}

    static Normalizer read(JsonPart part) {
        return read(part, 0);
    }

    private static Normalizer read(JsonPart part, int depth) {
        String kind = StepReader.kind(part);
        switch (kind) {
            case "Sequence" -> {
                return new Normalizer.Sequence(StepReader.sequence(part, "normalizers", depth, NormalizerReader::read));
            }
            case "NFC", "NFD", "NFKC", "NFKD" -> {
                part.requireOnly(Set.of("type"));
                return new Normalizer.Form(Form.valueOf(kind));
            }
            case "Lowercase" -> {
                part.requireOnly(Set.of("type"));
                return new Normalizer.Lowercase();
            }
            case "StripAccents" -> {
                part.requireOnly(Set.of("type"));
                return new Normalizer.StripAccents();
            }
            case "Strip" -> {
                part.requireOnly(Set.of("type", "strip_left", "strip_right"));
                return new Normalizer.Strip(part.flag("strip_left", true), part.flag("strip_right", true));
            }
            case "Prepend" -> {
                part.requireOnly(Set.of("type", "prepend"));
                return new Normalizer.Prepend(content(part, "prepend"));
            }
            case "Replace" -> {
                part.requireOnly(Set.of("type", "pattern", "content"));
                return new Normalizer.Replace(StepReader.pattern(part), content(part, "content"));
            }
            case "Precompiled" -> {
                part.requireOnly(Set.of("type", "precompiled_charsmap"));
                return precompiled(part);
            }
            case "BertNormalizer" -> {
                part.requireOnly(Set.of("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase"));
                boolean lowercase = part.flag("lowercase", true);
                return new BertNormalizer(
                        part.flag("clean_text", true),
                        part.flag("handle_chinese_chars", true),
                        part.flag("strip_accents", lowercase),
                        lowercase,
                        false);
            }
            default -> throw StepReader.unknown(part, KINDS);
        }
    }

    private static Normalizer precompiled(JsonPart part) {
        String text = part.text("precompiled_charsmap");
        try {
            return new Precompiled(CharacterMap.of(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            throw part.unexpected("precompiled_charsmap", "Base64");
        } catch (ClapException e) {
            throw part.refused(e.getMessage());
        }
    }

    /** Reads a text that is inserted into every input; more than a few characters would be a mistake. */
    private static String content(JsonPart part, String key) {
        String content = part.text(key);
        if (content.length() > 100) {
            throw part.unexpected(key, "at most 100 characters");
        }
        return content;
    }
}
