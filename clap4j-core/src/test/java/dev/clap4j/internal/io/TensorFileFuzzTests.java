package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file is either refused in words or read; nothing else ever happens. */
class TensorFileFuzzTests {
    private static final int TRIES = 1_500;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"safetensors", "pt", "index.json"})
    void damageNeverSurprises(String kind) throws IOException {
        byte[] sound = Files.readAllBytes(sound(kind));
        SplittableRandom random = new SplittableRandom(kind.hashCode());
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = damage(sound, random.split());
            // A new file every time: the mapping of the last one may live on.
            Path path = Files.write(temporary.resolve(i + "." + kind), damaged);
            try {
                TensorFile file = TensorFile.open(path);
                file.names().forEach(name -> assertThat(file.get(name).elements())
                        .isEqualTo(file.info(name).elements()));
            } catch (ClapException e) {
                assertThat(e).hasMessageContaining(path.toString());
                refused++;
            } catch (RuntimeException | Error e) {
                fail("damage number " + i + " of " + kind, e);
            }
            Files.delete(path);
        }
        // Damage to the numbers themselves cannot be noticed; there are few of them here.
        assertThat(refused).isGreaterThan(TRIES / 10);
    }

    private Path sound(String kind) throws IOException {
        List<TensorData> tensors =
                List.of(TensorData.of("w", new float[] {1, 2, 3, 4}, 2, 2), TensorData.of("n", new long[] {5}, 1));
        Path shard = temporary.resolve("sound.safetensors");
        SafetensorsFile.write(shard, Map.of("kind", "sound"), tensors);
        return switch (kind) {
            case "pt" ->
                TorchArchive.of(tensors).with("archive/byteorder", "little").write(temporary.resolve("sound.pt"));
            case "safetensors" -> shard;
            default ->
                Files.writeString(
                        temporary.resolve("sound.index.json"),
                        "{\"weight_map\": {\"w\": \"sound.safetensors\", \"n\": \"sound.safetensors\"}}");
        };
    }

    /** A cut, or a few bytes changed, repeated or set to what often means trouble. */
    private static byte[] damage(byte[] sound, SplittableRandom random) {
        byte[] damaged = sound.clone();
        if (random.nextInt(8) == 0) {
            return Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        for (int times = random.nextInt(1, 5); times > 0; times--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt();
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 8), (byte) -random.nextInt(2));
                default -> {
                    int count = Math.min(random.nextInt(1, 24), damaged.length - at);
                    System.arraycopy(sound, random.nextInt(sound.length - count), damaged, at, count);
                }
            }
        }
        return damaged;
    }
}
