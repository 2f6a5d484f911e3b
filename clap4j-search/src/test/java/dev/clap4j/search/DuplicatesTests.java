package dev.clap4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.TinyClip;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesTests {
    private static final Set<DuplicateKind> CERTAIN = EnumSet.of(DuplicateKind.SAME, DuplicateKind.REENCODED);

    @TempDir
    private static Path models;

    private static Clip clip;

    @TempDir
    private Path folder;

    private Path images;
    private Path index;

    @BeforeAll
    static void load() throws IOException {
        clip = Clip.load(TinyClip.write(models));
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    /** Twelve different pictures, and copies of the first. */
    @BeforeEach
    void copyPictures() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        index = folder.resolve("index");
        for (int i = 0; i < 12; i++) {
            ImageIO.write(
                    fields(i), "png", images.resolve("different-" + i + ".png").toFile());
        }
        Path first = images.resolve("different-0.png");
        BufferedImage picture = ImageIO.read(first.toFile());
        Files.copy(first, images.resolve("same.png"));
        ImageIO.write(picture, "bmp", images.resolve("same.bmp").toFile());
        ImageIO.write(picture, "jpeg", images.resolve("copy.jpg").toFile());
        ImageIO.write(
                picture.getSubimage(1, 1, picture.getWidth() - 2, picture.getHeight() - 2),
                "png",
                images.resolve("cropped.png").toFile());
        ImageIndexing.with(clip).update(index, List.of(images));
    }

    /** Returns a picture of fields of random colours. */
    private static BufferedImage fields(long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 16; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillRect(i % 4 * 32, i / 4 * 32, 32, 32);
        }
        graphics.dispose();
        return image;
    }

    private Duplicates.Found find(Set<DuplicateKind> kinds) {
        try (ImageIndex opened = ImageIndex.open(index)) {
            return Duplicates.in(opened).withKinds(kinds).find(Progress.NONE);
        }
    }

    private static List<String> names(DuplicateGroup group, DuplicateKind kind) {
        return group.copies().stream()
                .filter(copy -> copy.kind() == kind)
                .map(copy -> copy.image().path().getFileName().toString())
                .toList();
    }

    @Test
    void copiesAreTold() {
        assertThat(find(CERTAIN).groups()).singleElement().satisfies(group -> {
            assertThat(group.original().path()).isEqualTo(images.resolve("same.bmp"));
            assertThat(names(group, DuplicateKind.SAME)).containsExactlyInAnyOrder("different-0.png", "same.png");
            assertThat(names(group, DuplicateKind.REENCODED)).containsExactlyInAnyOrder("copy.jpg", "cropped.png");
            assertThat(group.copies())
                    .allSatisfy(copy -> assertThat(copy.similarity()).isBetween(0.5f, 1.0001f));
        });
        assertThat(find(EnumSet.of(DuplicateKind.SAME)).groups())
                .singleElement()
                .satisfies(group -> assertThat(group.copies()).hasSize(2));
        assertThat(find(EnumSet.of(DuplicateKind.REENCODED)).groups())
                .singleElement()
                .satisfies(group -> assertThat(group.copies()).hasSize(2));
    }

    /** The same file twice is so also where both are reencoded copies of another one. */
    @Test
    void copiesOfCopiesAreTold() throws IOException {
        Path again = Files.copy(images.resolve("copy.jpg"), images.resolve("copy again.jpg"));
        ImageIndexing.with(clip).update(index, List.of(images));
        List<DuplicateGroup.Copy> copies = find(CERTAIN).groups().get(0).copies();
        assertThat(copies)
                .filteredOn(copy -> copy.image().path().equals(images.resolve("copy.jpg")))
                .singleElement()
                .satisfies(copy -> {
                    assertThat(copy.kind()).isEqualTo(DuplicateKind.SAME);
                    assertThat(copy.of().path()).isEqualTo(again);
                    assertThat(copy.similarity()).isGreaterThan(0.999f);
                });
        assertThat(copies)
                .filteredOn(copy -> copy.image().path().equals(again))
                .singleElement()
                .satisfies(copy -> {
                    assertThat(copy.kind()).isEqualTo(DuplicateKind.REENCODED);
                    assertThat(copy.of().path()).isEqualTo(images.resolve("same.bmp"));
                });
        assertThat(names(find(EnumSet.of(DuplicateKind.REENCODED)).groups().get(0), DuplicateKind.REENCODED))
                .containsExactlyInAnyOrder("copy.jpg", "copy again.jpg", "cropped.png");
    }

    /** They count for no group, so that nobody deletes the last copy. */
    @Test
    void filesThatChangedAreNamed() throws IOException {
        Files.delete(images.resolve("same.bmp"));
        Files.copy(images.resolve("different-1.png"), images.resolve("same.png"), StandardCopyOption.REPLACE_EXISTING);
        Duplicates.Found found = find(EnumSet.of(DuplicateKind.SAME));
        assertThat(found.groups()).isEmpty();
        assertThat(found.unreadable())
                .anySatisfy(one -> assertThat(one.reason()).endsWith("same.png has changed since it was indexed"))
                .anySatisfy(one -> assertThat(one.reason()).contains("same.bmp"));
    }

    @Test
    void filesThatAreGoneAreNamed() throws IOException {
        try (Stream<Path> all = Files.list(images)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Duplicates.Found found = find(CERTAIN);
        assertThat(found.groups()).isEmpty();
        assertThat(found.unreadable()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(one -> assertThat(one.reason())
                .contains(one.file().toString()));
    }

    /** Pictures that were removed from the index are no copies of anything. */
    @Test
    void removedPicturesDoNotCount() throws IOException {
        for (String name : List.of("same.png", "same.bmp", "copy.jpg", "cropped.png")) {
            Files.delete(images.resolve(name));
        }
        ImageIndexing.with(clip).update(index, List.of(images));
        assertThat(find(CERTAIN).groups()).isEmpty();
    }

    @Test
    void wrongUseIsSaid() {
        try (ImageIndex opened = ImageIndex.open(index)) {
            Duplicates duplicates = Duplicates.in(opened);
            assertThatThrownBy(() -> duplicates.withKinds(Set.of()))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("At least one kind");
            assertThatThrownBy(() -> duplicates.withThresholds(DuplicateKind.SAME, 0.9f, Float.NaN))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("from -1 to 1");
        }
    }
}
