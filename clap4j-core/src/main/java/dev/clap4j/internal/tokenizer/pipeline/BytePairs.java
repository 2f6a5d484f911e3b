package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Byte pair encoding (Sennrich et al. 2016): a piece is split into characters, and adjacent tokens are merged in the
 * order in which the merges were learned.
 */
public final class BytePairs implements Model {
    private final Map<String, Integer> ids;
    private final MergeTable table;
    private final List<Merge> merges;
    private final Options options;

    private BytePairs(Map<String, Integer> ids, MergeTable table, List<Merge> merges, Options options) {
        this.ids = ids;
        this.table = table;
        this.merges = merges;
        this.options = options;
    }

    /**
     * Options for turning characters into tokens.
     *
     * @param prefix the prefix of all characters but a piece's first
     * @param suffix the suffix of a piece's last character
     * @param unknown the token of a character not in the vocabulary, or null to drop such characters
     * @param fuseUnknown whether adjacent unknown characters form one token
     * @param byteFallback whether unknown characters become byte tokens such as {@code <0x0A>} if there are any
     * @param ignoreMerges whether a piece that is itself a token is not split
     * @param byResult whether successive merges that form the same token have the same rank
     */
    public record Options(
            String prefix,
            String suffix,
            Integer unknown,
            boolean fuseUnknown,
            boolean byteFallback,
            boolean ignoreMerges,
            boolean byResult) {
        /** Returns the options of CLIP, whose vocabulary has every byte. */
        public static Options of(String suffix) {
            return new Options("", suffix, null, false, false, false, false);
        }
    }

    /**
     * Creates a model.
     *
     * @param source the file of the tokens, for error messages
     * @param ids ids by token
     * @param mergesFile the file of the merges, for error messages
     * @param merges the merges in the order in which they were learned
     * @throws ClapException if a merge uses or forms a token that does not exist
     */
    public static BytePairs of(
            Path source, Map<String, Integer> ids, Path mergesFile, List<Merge> merges, Options options) {
        MergeTable table = new MergeTable(merges.size());
        int rank = 0;
        for (int i = 0; i < merges.size(); i++) {
            Merge merge = merges.get(i);
            if (!merge.right().startsWith(options.prefix)) {
                throw new ClapException("The merge \"" + merge + "\" of " + mergesFile + " should have the prefix \""
                        + options.prefix + "\" (continuing_subword_prefix) before its second token");
            }
            int[] found = new int[3];
            String joined = merge.left() + merge.right().substring(options.prefix.length());
            List<String> tokens = List.of(merge.left(), merge.right(), joined);
            for (int part = 0; part < found.length; part++) {
                Integer id = ids.get(tokens.get(part));
                if (id == null) {
                    throw new ClapException("The merges of " + mergesFile + " do not belong to the vocabulary of "
                            + source + ": \"" + merge + "\" needs the piece \"" + tokens.get(part)
                            + "\", which the vocabulary lacks"
                            + (source.equals(mergesFile) ? "" : ". Take both files from the same model"));
                }
                found[part] = id;
            }
            boolean same = options.byResult && i > 0 && table.resultOf(rank) == found[2];
            rank = same ? rank : i;
            table.put(found[0], found[1], rank, found[2]);
        }
        return new BytePairs(ids, table, List.copyOf(merges), options);
    }

    /** Returns the merges in the order in which they were learned. */
    @Override
    public String description() {
        return merges.stream().map(Merge::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public int[] ids(String piece) {
        Integer whole = options.ignoreMerges ? ids.get(piece) : null;
        return whole == null ? Merging.merge(table, characters(piece)) : new int[] {whole};
    }

    private int[] characters(String piece) {
        Ids found = new Ids();
        int unknown = 0; // not yet in the list
        int end;
        for (int i = 0; i < piece.length(); i = end) {
            end = i + Character.charCount(piece.codePointAt(i));
            String token = (i == 0 ? "" : options.prefix)
                    + piece.substring(i, end)
                    + (end == piece.length() ? options.suffix : "");
            Integer id = ids.get(token);
            if (id == null && options.byteFallback && addBytes(token, found)) {
                continue;
            }
            if (id != null || !options.fuseUnknown) {
                addUnknown(unknown, found);
                unknown = 0;
            }
            if (id == null) {
                unknown = 1;
            } else {
                found.add(id);
            }
        }
        addUnknown(unknown, found);
        return found.toArray();
    }

    private void addUnknown(int count, Ids found) {
        if (count > 0 && options.unknown != null) {
            found.add(options.unknown);
        }
    }

    private boolean addBytes(String token, Ids found) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        int[] all = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            Integer id = ids.get(ByteTokens.of(bytes[i]));
            if (id == null) {
                return false;
            }
            all[i] = id;
        }
        found.addAll(all);
        return true;
    }
}
