package dev.clap4j.iconworld.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.iconworld.paint.Pictures;
import dev.clap4j.internal.image.PngEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFilesTests {
    @TempDir
    Path folder;

    @Provide
    Arbitrary<byte[]> pictures() {
        return Arbitraries.integers()
                .between(1, 40)
                .flatMap(side -> Arbitraries.bytes().array(byte[].class).ofSize(3 * side * side));
    }

    @Property(tries = 200)
    void everyPixelComesBack(@ForAll("pictures") byte[] planar) throws IOException {
        int side = (int) Math.sqrt(planar.length / 3.0);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(PictureBitmap.of(planar, side))));

        assertThat(read.getWidth()).isEqualTo(side);
        assertThat(read.getHeight()).isEqualTo(side);
        BufferedImage meant = Pictures.image(planar, side);
        for (int i = 0; i < side * side; i++) {
            assertThat(read.getRGB(i % side, i / side)).isEqualTo(meant.getRGB(i % side, i / side));
        }
    }

    @Test
    void nothingElseIsLeftInTheFolder() throws IOException {
        Path file = folder.resolve("new/picture.png");
        PngFiles.write(new byte[3 * 4 * 4], 4, file);
        PngFiles.write(new byte[3 * 2 * 2], 2, file);

        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeWrittenIsExplained() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> PngFiles.write(new byte[3], 1, file.resolve("picture.png")))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Cannot write " + file.resolve("picture.png"));
    }
}
