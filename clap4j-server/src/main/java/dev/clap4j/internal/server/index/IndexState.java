package dev.clap4j.internal.server.index;

import dev.clap4j.internal.server.http.Reply;
import java.util.List;

/** {@code GET /v1/index}: what can be searched. */
public final class IndexState {
    private final ServedIndexes indexes;
    private final PictureMap map;

    /** Creates the handler. */
    public IndexState(ServedIndexes indexes, PictureMap map) {
        this.indexes = indexes;
        this.map = map;
    }

    private record Answer(
            int pictures, boolean clip, boolean clap, boolean map, List<String> classes, List<String> styles) {}

    /** Answers a request. */
    public Reply answer() {
        List<ServedIndex> all = indexes.all();
        return Reply.json(new Answer(
                all.stream().mapToInt(index -> index.pictures().size()).max().orElse(0),
                all.stream().anyMatch(index -> !index.withHead()),
                all.stream().anyMatch(ServedIndex::withHead),
                map.exists(),
                all.stream()
                        .flatMap(index -> index.info().classes().stream())
                        .distinct()
                        .toList(),
                all.stream()
                        .flatMap(index -> index.info().styles().stream())
                        .distinct()
                        .toList()));
    }
}
