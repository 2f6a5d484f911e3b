package dev.clap4j.internal.server.index;

import dev.clap4j.ClapException;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.JsonLog;
import dev.clap4j.internal.server.model.ServedHead;
import dev.clap4j.search.IndexFeatures;
import dev.clap4j.search.IndexInfo;
import dev.clap4j.search.IndexedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The indexes of a server: none, one, or one made with the head and one without. Thread-safe. */
public final class ServedIndexes implements AutoCloseable {
    private final List<ServedIndex> all;
    private final PictureIds ids = new PictureIds();

    private ServedIndexes(List<ServedIndex> all) {
        this.all = all;
    }

    /**
     * Opens indexes.
     *
     * @throws ClapException if there is none in a folder, or two are of the same kind
     */
    public static ServedIndexes open(List<Path> folders) {
        List<ServedIndex> opened = new ArrayList<>();
        try {
            for (Path folder : folders) {
                ServedIndex index = ServedIndex.open(folder);
                boolean second = opened.stream().anyMatch(other -> other.withHead() == index.withHead());
                opened.add(index);
                if (second) {
                    throw new ClapException("Two indexes were made " + (index.withHead() ? "with" : "without")
                            + " a head; serve one of each kind");
                }
            }
            return new ServedIndexes(List.copyOf(opened));
        } catch (RuntimeException e) {
            opened.forEach(ServedIndex::close);
            throw e;
        }
    }

    /** Returns whether there is any. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    PictureIds ids() {
        return ids;
    }

    List<ServedIndex> all() {
        return all;
    }

    /** Returns the index of a kind, or the one that there is; that made with a head if a request does not say. */
    ServedIndex get(Optional<Boolean> clap) {
        boolean withHead = clap.orElse(all.stream().anyMatch(ServedIndex::withHead));
        return all.stream()
                .filter(index -> index.withHead() == withHead)
                .findFirst()
                .orElseThrow(() -> ApiException.bad(
                        "clap", "The index of this server was made " + (withHead ? "without" : "with") + " a head"));
    }

    /**
     * Checks that each index was made with what is served: that without a head with the model, the other one with the head,
     * too.
     *
     * @throws ClapException if one was made with another model, head or alpha
     */
    public void requireMadeWith(ClipModel model, Optional<ServedHead> head) {
        for (ServedIndex index : all) {
            index.requireSame(origin(model, index.withHead() ? head : Optional.empty()));
        }
    }

    private static IndexInfo origin(ClipModel model, Optional<ServedHead> head) {
        return new IndexInfo(
                "",
                Backbone.nameOf(model.checkpoint()),
                model.checkpoint().fingerprint(),
                ClipImageModel.preprocessing(model.checkpoint()).fingerprint(),
                model.engine().precision().toString(),
                "",
                head.map(ServedHead::fingerprint).orElse(""),
                head.map(ServedHead::alpha).orElse(0f),
                model.embedDim(),
                Map.of(),
                List.of());
    }

    /** Returns the picture of a name, from an index. */
    static Optional<IndexFeatures.Entry> entry(PictureIds ids, ServedIndex index, String id) {
        return ids.path(id).flatMap(index.features()::entry);
    }

    /** Returns the picture of a name, from any index. */
    Optional<IndexedImage> image(String id) {
        return ids.path(id).flatMap(path -> all.stream()
                .flatMap(index -> index.pictures().image(path).stream())
                .findFirst());
    }

    /** Shows what was committed meanwhile, if it can be used; returns whether there is anything new. */
    public boolean refresh(JsonLog log) {
        boolean changed = false;
        for (ServedIndex index : all) {
            changed |= index.refresh(log);
        }
        return changed;
    }

    @Override
    public void close() {
        all.forEach(ServedIndex::close);
    }
}
