package dev.clap4j.zoo;

import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.EndOfText;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TextTower;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An untrained model of a family, as small as the family allows, with inputs. */
public record TinyFamily(Checkpoint checkpoint) {
    private static final int[] WORDS = {9, 4, 17};

    /** Returns the names of all tiny models. */
    public static List<String> names() {
        return Architectures.names().stream()
                .filter(name -> name.startsWith("tiny"))
                .toList();
    }

    /** Writes a model. */
    public static TinyFamily write(String name, Path folder) {
        RandomCheckpoint.write(name, 1, Optional.empty(), folder);
        return new TinyFamily(Checkpoint.open(folder));
    }

    /** Returns the pixels of two images. */
    public TensorData pixels() {
        int size = checkpoint.architecture().vision().imageSize();
        return NamedValues.filled("pixels", new long[] {2, 3, size, size}, 0, 1.5);
    }

    /** Returns the ids of three texts of different lengths, padded to the context. */
    public TensorData tokens() {
        TextTower tower = checkpoint.architecture().text();
        int length = tower.contextLength();
        long[] ids = new long[WORDS.length * length];
        Arrays.fill(ids, tower.padding().id());
        for (int row = 0; row < WORDS.length; row++) {
            int first = row * length;
            for (int i = 0; i < WORDS[row]; i++) {
                ids[first + i] = 300 + 7L * i + row;
            }
            EndOfText end = checkpoint.endOfText();
            if (end.rule() != EndOfText.Rule.BEFORE_PADDING) {
                ids[first + WORDS[row]] = end.isHighestId() ? tower.vocabSize() - 1 : end.token();
            }
        }
        return TensorData.of("tokens", ids, WORDS.length, length);
    }
}
