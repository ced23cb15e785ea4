// Checks a log of ours with Go's own transparency log packages (golang.org/x/mod/sumdb): checkpoint, cosignatures, every
// tile and entry, inclusion and consistency proofs. An implementation that shares no line with ours.
//
//	check URL LOG QUORUM [PROOF-FILE LEAF-BASE64]
//
// Prints one line per check: "ok …" or "FAILED …".
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type policy struct {
	Logs []struct {
		Name, URL, Vkey string
	}
	Witnesses []struct{ Vkey string }
	Quorum    int
}

// witness verifies cosignature/v1, which the note package leaves to others.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig[:8])
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, msg)
	return ed25519.Verify(w.key, []byte(signed), sig[8:])
}

func newWitness(vkey string) (witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return witness{}, fmt.Errorf("no verifier key: %s", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return witness{}, fmt.Errorf("no witness key: %s", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:4])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return witness{}, fmt.Errorf("key id is not the hash of the key: %s", vkey)
	}
	return witness{parts[0], hash, ed25519.PublicKey(key[1:])}, nil
}

// tiles reads hash tiles as C2SP tlog-tiles lays them out; the tlog package checks every one against the tree.
type tiles struct{ prefix string }

func path(level string, n int64, width int) string {
	number := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		number = fmt.Sprintf("x%03d/%s", n%1000, number)
	}
	if width < 256 {
		number += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + level + "/" + number
}

func (t tiles) Height() int { return 8 }
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		bytes, err := tileOrFull(t.prefix, strconv.Itoa(tile.L), tile.N, tile.W, func(full []byte) []byte {
			return beginning(full, tile.W*tlog.HashSize)
		})
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// tileOrFull fetches a tile: "Logs … MAY delete any partial tile once the corresponding full tile is … available", of which
// the beginning counts then.
func tileOrFull(prefix, level string, n int64, width int, cut func([]byte) []byte) ([]byte, error) {
	bytes, err := get(prefix + path(level, n, width))
	if err == nil || width == 256 {
		return bytes, err
	}
	full, missing := get(prefix + path(level, n, 256))
	if missing != nil {
		return nil, err
	}
	return cut(full), nil
}

// beginning gives the first bytes, all of them where there are fewer.
func beginning(bytes []byte, count int) []byte {
	if count > len(bytes) {
		count = len(bytes)
	}
	return bytes[:count]
}

// entries cuts the first entries off a full bundle.
func entries(full []byte, count int) []byte {
	end := 0
	for n := 0; n < count && len(full) >= end+2; n++ {
		end += 2 + int(binary.BigEndian.Uint16(full[end:]))
	}
	return beginning(full, end)
}

func get(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

var failed bool

func check(what string, err error) bool {
	if err != nil {
		failed = true
		fmt.Printf("FAILED Go: %s: %v\n", what, err)
		return false
	}
	fmt.Printf("ok     Go: %s\n", what)
	return true
}

func main() {
	base, name := strings.TrimSuffix(os.Args[1], "/"), os.Args[2]
	quorum, _ := strconv.Atoi(os.Args[3])
	run(base, name, quorum)
	if failed {
		os.Exit(1)
	}
}

func run(base, name string, quorum int) {
	text, err := get(base + "/ledger/policy.json")
	var rules policy
	if err == nil {
		err = json.Unmarshal(text, &rules)
	}
	if !check("policy of "+name, err) {
		return
	}
	var verifiers []note.Verifier
	var vkey string
	for _, log := range rules.Logs {
		if log.Name == name {
			vkey = log.Vkey
		}
	}
	log, err := note.NewVerifier(vkey)
	if !check("verifier key of "+name, err) {
		return
	}
	verifiers = append(verifiers, log)
	for _, w := range rules.Witnesses {
		key, err := newWitness(w.Vkey)
		if err != nil {
			check("witness key", err)
			return
		}
		verifiers = append(verifiers, key)
	}
	prefix := base + "/ledger/" + name + "/"
	signed, err := get(prefix + "checkpoint")
	if !check("checkpoint of "+name+" is served", err) {
		return
	}
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if !check("signatures of the checkpoint of "+name, err) {
		return
	}
	cosigned, own := 0, false
	for _, sig := range opened.Sigs {
		if sig.Name == log.Name() {
			own = true
		} else {
			cosigned++
		}
	}
	if !own || cosigned < quorum {
		err = fmt.Errorf("signed by the log: %v, by %d witnesses instead of %d", own, cosigned, quorum)
	}
	check(fmt.Sprintf("%d witnesses co-signed %s", cosigned, name), err)

	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if !check("size of "+name, err) {
		return
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	var hash tlog.Hash
	copy(hash[:], root)
	tree := tlog.Tree{N: size, Hash: hash}
	reader := tlog.TileHashReader(tree, tiles{prefix})
	for first := int64(0); first < size; first += 256 {
		width := int(size - first)
		if width > 256 {
			width = 256
		}
		err = bundle(prefix, reader, first, width)
		if err != nil {
			check("entries of "+name, err)
			return
		}
	}
	check(fmt.Sprintf("%d entries of %s stand in the tree that was signed", size, name), nil)
	for _, index := range []int64{0, size / 2, size - 1} {
		leaves, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		var proof tlog.RecordProof
		if err == nil {
			proof, err = tlog.ProveRecord(size, index, reader)
		}
		if err == nil {
			err = tlog.CheckRecord(proof, size, hash, index, leaves[0])
		}
		check(fmt.Sprintf("inclusion of entry %d in %s", index, name), err)
	}
	for _, old := range []int64{1, size/2 + 1, size} {
		before, err := tlog.TreeHash(old, reader)
		var proof tlog.TreeProof
		if err == nil {
			proof, err = tlog.ProveTree(size, old, reader)
		}
		if err == nil {
			err = tlog.CheckTree(proof, size, hash, old, before)
		}
		check(fmt.Sprintf("consistency of %d with %d entries of %s", old, size, name), err)
	}
	if len(os.Args) > 5 {
		check("our own inclusion proof of "+name, ours(os.Args[4], os.Args[5], verifiers))
	}
}

// bundle compares the entries with the hashes of the signed tree.
func bundle(prefix string, reader tlog.HashReader, first int64, width int) error {
	data, err := tileOrFull(prefix, "entries", first/256, width, func(full []byte) []byte {
		return entries(full, width)
	})
	if err != nil {
		return err
	}
	for n := 0; n < width; n++ {
		if len(data) < 2 {
			return fmt.Errorf("entry %d is missing", first+int64(n))
		}
		length := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+length || length != 96 {
			return fmt.Errorf("entry %d has %d bytes", first+int64(n), length)
		}
		entry := data[2 : 2+length]
		data = data[2+length:]
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, first+int64(n))})
		if err != nil {
			return err
		}
		if tlog.RecordHash(entry) != hashes[0] {
			return fmt.Errorf("entry %d is not the one in the tree", first+int64(n))
		}
	}
	if len(data) != 0 {
		return fmt.Errorf("%d bytes too many", len(data))
	}
	return nil
}

// ours checks a proof that `absah-issuer ledger prove` wrote (C2SP tlog-proof).
func ours(file, leaf string, verifiers []note.Verifier) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("no tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		bytes, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return err
		}
		var hash tlog.Hash
		copy(hash[:], bytes)
		proof = append(proof, hash)
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifiers...))
	if err != nil {
		return err
	}
	parts := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return err
	}
	root, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return err
	}
	var hash tlog.Hash
	copy(hash[:], root)
	entry, err := base64.RawURLEncoding.DecodeString(leaf)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, size, hash, index, tlog.RecordHash(entry))
}
