package dev.clap4j.internal.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.cleaning.Cleaning;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerJson;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpeTrainerTests {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int BYTES = 512;
    private static final int LEAST = BYTES + 2;

    private static final List<String> CAPTIONS = List.of(
            "a photo of a red fox",
            "a drawing of a red house, it's small",
            "Zwei Füchse im Schnee ☃",
            "a photo of 3 foxes &amp; a house");

    /** Shared by the tests of both engines, JUnit's and jqwik's; it lives as long as they do. */
    private static final ClipTokenizer LEARNED = learn();

    private static ClipTokenizer learn() {
        try {
            Path folder = Files.createTempDirectory("bpe");
            ClipTokenizer tokenizer = load(folder, train(CAPTIONS, 600), 4096);
            Files.delete(folder.resolve("tokenizer.json"));
            Files.delete(folder);
            return tokenizer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String train(List<String> texts, int size) {
        BpeTrainer trainer = new BpeTrainer();
        texts.forEach(trainer::add);
        return trainer.train(size);
    }

    private static ClipTokenizer load(Path folder, String json, int contextLength) throws IOException {
        return ClipTokenizer.load(
                Files.writeString(folder.resolve("tokenizer.json"), json),
                contextLength,
                TokenizerReference.openClip(Optional.empty(), false));
    }

    private static List<String> merges(String json) throws IOException {
        List<String> merges = new ArrayList<>();
        JSON.readTree(json).path("model").path("merges").forEach(merge -> merges.add(merge.asText()));
        return merges;
    }

    /** Whatever Unicode has, without halves of surrogate pairs. */
    @Provide
    Arbitrary<String> anyText() {
        Arbitrary<Integer> points = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7F),
                Arbitraries.integers().between(0, 0x10FFFF).filter(c -> c < 0xD800 || c > 0xDFFF));
        return points.list()
                .ofMaxSize(40)
                .map(list -> list.stream().map(Character::toString).reduce("", String::concat));
    }

    @Property(tries = 500)
    void everyTextIsSpelledByItsPieces(@ForAll("anyText") String text) {
        int[] ids = LEARNED.encode(text, Overflow.ERROR);
        int[] body = Arrays.copyOfRange(ids, 1, ids.length - 1);
        assertThat(ids[0]).isEqualTo(LEARNED.startId());
        assertThat(ids[ids.length - 1]).isEqualTo(LEARNED.endId());
        // Nothing is unknown: but for white space, and for U+0345, which CLIP's words leave out, the text comes back.
        assertThat(letters(LEARNED.decode(body))).isEqualTo(letters(Cleaning.LOWER.apply(text)));
    }

    private static String letters(String text) {
        return text.codePoints()
                .filter(c -> !Characters.isSpace(c) && c != 0x345)
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }

    @Property(tries = 20)
    void theOrderOfTextsDoesNotMatter(@ForAll Random random) {
        List<String> shuffled = new ArrayList<>(CAPTIONS);
        Collections.shuffle(shuffled, random);
        assertThat(train(shuffled, 560)).isEqualTo(train(CAPTIONS, 560));
    }

    /** The example of Sennrich et al. 2016, figure 1: its most frequent pair is "e s", then "es t</w>", and so on. */
    @Test
    void theExampleOfThePaper() throws IOException {
        List<String> corpus = new ArrayList<>();
        corpus.addAll(Collections.nCopies(5, "low"));
        corpus.addAll(Collections.nCopies(2, "lower"));
        corpus.addAll(Collections.nCopies(6, "newest"));
        corpus.addAll(Collections.nCopies(3, "widest"));
        assertThat(merges(train(corpus, LEAST + 4))).containsExactly("e s", "es t</w>", "l o", "e w");
    }

    /** The definition, carried out literally: count all pairs, merge the best, count again. */
    @Test
    void mergesAreThoseOfTheDefinition() throws IOException {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int length = 1 + random.nextInt(8);
            texts.add(IntStream.range(0, length)
                    .mapToObj(j -> String.valueOf("abcé".charAt(random.nextInt(4))))
                    .reduce("", String::concat));
        }
        assertThat(merges(train(texts, LEAST + 50))).isEqualTo(literally(texts, 50));
    }

    private static List<String> literally(List<String> words, int count) {
        List<List<String>> split = new ArrayList<>();
        for (String word : words) {
            List<String> pieces = new ArrayList<>();
            for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
                pieces.add(ByteAlphabet.of(b));
            }
            pieces.set(pieces.size() - 1, pieces.get(pieces.size() - 1) + "</w>");
            split.add(pieces);
        }
        List<String> merges = new ArrayList<>();
        List<String> made = new ArrayList<>();
        while (merges.size() < count) {
            Map<String, Integer> counts = new HashMap<>();
            for (List<String> word : split) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    if (!made.contains(word.get(i) + word.get(i + 1))) {
                        counts.merge(word.get(i) + " " + word.get(i + 1), 1, Integer::sum);
                    }
                }
            }
            if (counts.isEmpty()) {
                break;
            }
            int most = Collections.max(counts.values());
            String best = counts.keySet().stream()
                    .filter(pair -> counts.get(pair) == most)
                    .min(BpeTrainerTests::byPieces)
                    .orElseThrow();
            merges.add(best);
            made.add(best.replace(" ", ""));
            split.replaceAll(word -> merge(word, best));
        }
        return merges;
    }

    private static int byPieces(String a, String b) {
        return Arrays.compare(a.split(" "), b.split(" "));
    }

    private static List<String> merge(List<String> word, String pair) {
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < word.size(); i++) {
            if (i + 1 < word.size() && (word.get(i) + " " + word.get(i + 1)).equals(pair)) {
                merged.add(pair.replace(" ", ""));
                i++;
            } else {
                merged.add(word.get(i));
            }
        }
        return merged;
    }

    @Test
    void theFileIsOfThePublishedForm(@TempDir Path folder) throws IOException {
        String json = train(CAPTIONS, 600);
        JsonNode root = JSON.readTree(json);
        Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
        assertThat(TokenizerJson.read(file).isClip(Set.of("<|startoftext|>", "<|endoftext|>")))
                .isTrue();
        JsonNode vocabulary = root.path("model").path("vocab");
        assertThat(vocabulary.size()).isEqualTo(BYTES + merges(json).size() + 2);
        assertThat(vocabulary.path("<|startoftext|>").asInt()).isEqualTo(vocabulary.size() - 2);
        assertThat(vocabulary.path("<|endoftext|>").asInt()).isEqualTo(vocabulary.size() - 1);
        assertThat(root.path("added_tokens").size()).isEqualTo(2);
    }

    @Test
    void frequentWordsBecomeOnePiece() {
        assertThat(LEARNED.pieces(LEARNED.encode("A  PHOTO of a house", Overflow.ERROR)))
                .containsExactly(
                        "<|startoftext|>", "a</w>", "photo</w>", "of</w>", "a</w>", "house</w>", "<|endoftext|>");
    }

    @Test
    void whereWordsEndThereIsNothingMoreToLearn(@TempDir Path other) throws IOException {
        String json = train(List.of("ab"), 10_000);
        assertThat(merges(json)).containsExactly("a b</w>");
        ClipTokenizer tokenizer = load(other, json, 8);
        assertThat(tokenizer.vocabSize()).isEqualTo(LEAST + 1);
    }

    @Test
    void aVocabularyHasRoomForTheBytes() {
        assertThatThrownBy(() -> new BpeTrainer().train(513))
                .isInstanceOf(ClapException.class)
                .hasMessage("A vocabulary has at least 514 pieces, but 513 were requested: the bytes alone are 512");
    }
}
