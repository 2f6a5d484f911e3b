package dev.clap4j.internal.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.image.format.ImageFormat;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import dev.clap4j.internal.io.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The images of a tar archive, as WebDataset lays it out: members with the same name up to its first dot belong together, and
 * {@code .cls} or {@code .json} has the label. Without them, the folders in the archive are domain and class.
 */
record TarSource(Path path) implements ImageSource {
    /** Members that share a name beyond this number are not of one sample. */
    private static final int MAX_SAMPLE = 1000;

    private static final int MAX_LABEL_BYTES = 1 << 20;

    @Override
    public long count() {
        long count = 0;
        long others = 0;
        try (TarReader tar = new TarReader(path)) {
            for (Optional<TarReader.Member> member = tar.next(); member.isPresent(); member = tar.next()) {
                boolean isImage = isImage(member.get());
                count += isImage ? 1 : 0;
                others += isImage ? 0 : 1;
            }
        }
        if (count == 0) {
            throw new ClapException("There are no images in " + path
                    + (others == 0 ? "" : ", only " + others + " other members") + "; members called "
                    + ImageFormat.ENDINGS + " are looked for");
        }
        return count;
    }

    @Override
    public boolean isOfFiles() {
        return false;
    }

    @Override
    public ImageCursor open() {
        return new Samples(path);
    }

    private static boolean isImage(TarReader.Member member) {
        return member.kind() != TarReader.Kind.FOLDER && ImageFormat.isNamed(member.name()) && !isHidden(member.name());
    }

    private static boolean isHidden(String name) {
        return Stream.of(name.split("/")).anyMatch(part -> part.startsWith(".") && !part.matches("\\.{1,2}"));
    }

    private static final class Samples implements ImageCursor {
        private final Path path;
        private final TarReader tar;
        private final Deque<SourceImage> ready = new ArrayDeque<>();
        private TarReader.Member ahead;

        Samples(Path path) {
            this.path = path;
            this.tar = new TarReader(path);
            this.ahead = tar.next().orElse(null);
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && ahead != null) {
                readSample();
            }
            return !ready.isEmpty();
        }

        @Override
        public SourceImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void readSample() {
            String key = key(ahead.name());
            List<TarReader.Member> members = new ArrayList<>();
            while (ahead != null && key.equals(key(ahead.name())) && members.size() < MAX_SAMPLE) {
                members.add(ahead);
                ahead = tar.next().orElse(null);
            }
            List<TarReader.Member> images =
                    members.stream().filter(TarSource::isImage).toList();
            if (!images.isEmpty()) {
                Optional<JsonNode> json = named(members, ".json").map(this::json);
                UnaryOperator<String> field = name -> json.map(object -> object.get(name))
                        .filter(JsonNode::isValueNode)
                        .filter(value -> !value.isNull())
                        .map(JsonNode::asText)
                        .orElse(null);
                for (TarReader.Member image : images) {
                    String[] folders = image.name().split("/");
                    Optional<String> label = named(members, ".cls")
                            .map(this::text)
                            .or(() -> Stream.of("label", "class", "cls")
                                    .map(field)
                                    .filter(s -> s != null)
                                    .findFirst())
                            .or(() -> folder(folders, 2));
                    Optional<String> domain =
                            Optional.ofNullable(field.apply("domain")).or(() -> folder(folders, 3));
                    ready.add(new SourceImage(id(image), content(image), label, domain));
                }
            }
        }

        private static Optional<String> folder(String[] parts, int fromEnd) {
            return parts.length < fromEnd
                    ? Optional.empty()
                    : Optional.of(parts[parts.length - fromEnd]).filter(name -> !name.matches("\\.{0,2}"));
        }

        /** Returns the name up to the first dot of its last part. */
        private static String key(String name) {
            int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
            return dot < 0 ? name : name.substring(0, dot);
        }

        private String id(TarReader.Member member) {
            return path + "/" + Names.line(member.name());
        }

        private ImageContent content(TarReader.Member member) {
            String id = id(member);
            return switch (member.kind()) {
                case FILE -> new ImageContent.Slice(path, member.offset(), member.size(), id);
                case LINK -> new ImageContent.Missing("Cannot read " + id + ": it is a link, which is not followed");
                case SPARSE -> new ImageContent.Missing("Cannot read " + id + ": it is sparse, which is not supported");
                default -> new ImageContent.Missing("Cannot read " + id + ": it is not a regular file");
            };
        }

        private static Optional<TarReader.Member> named(List<TarReader.Member> members, String ending) {
            return members.stream()
                    .filter(member -> member.kind() == TarReader.Kind.FILE
                            && member.name().endsWith(ending))
                    .findFirst();
        }

        private String text(TarReader.Member member) {
            if (member.size() > MAX_LABEL_BYTES) {
                throw new ClapException(
                        id(member) + " has " + member.size() + " bytes; the limit is " + MAX_LABEL_BYTES);
            }
            byte[] bytes = tar.read(member.offset(), (int) member.size(), "it ends within a label");
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }

        private JsonNode json(TarReader.Member member) {
            String text = text(member);
            try {
                return JsonFiles.parse(text, JsonNode.class);
            } catch (JsonProcessingException e) {
                throw new ClapException(id(member) + " is not JSON: " + JsonReasons.of(e), e);
            }
        }

        @Override
        public void close() {
            tar.close();
        }
    }
}
