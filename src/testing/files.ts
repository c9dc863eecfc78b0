/** Small files that are what they say: pictures that open, sounds and films that play, a model, texts. Made once, so that drawing one takes no time. */
import { FileRef } from "../nodes/file-ref.ts";

const binary: Readonly<Record<string, string>> = {
  "red.png":
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAMAAAAoyzS7AAAAA1BMVEXAOSuU7d9gAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAACklEQVQImWNgAAAAAgAB9HFkpgAAAABJRU5ErkJggg==",
  "teal.png":
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAADD/I+4AAAAA1BMVEULenVekMb0AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAC0lEQVQImWNgYAAAAAMAAaCmo9QAAAAASUVORK5CYII=",
  "sand.jpg":
    "/9j/2wBDAFBQUFBVUFpkZFp9h3iHfbmqm5uquf/I18jXyP//////////////////////////////////////////////////2wBDAVBQUFBVUFpkZFp9h3iHfbmqm5uquf/I18jXyP//////////////////////////////////////////////////wgARCAACAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAVAQEBAAAAAAAAAAAAAAAAAAACA//aAAwDAQACEAMQAAAAqJr/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/AH//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/AH//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/AH//2Q==",
  "dot.gif": "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==",
  "teal.webp": "UklGRi4AAABXRUJQVlA4ICIAAABwAQCdASoQABAAB0CWJaACdAFAAAD+338JcL84bm691wAA",
  "teal.webm":
    "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZ0CXFUmpZpoq17GDD0JARImIQGkAAAAAAABNgIFtV0GBbRZUrmubrpnXgQFzxYEBg4EBhoVWX1ZQOOCGsIEQuoEQH0O2ddPngQCjpoEAAIBwAQCdASoQABAAB0CWJaACdAFAAAD+338JcL84bm691wAAo6aBAGSAcAEAnQEqEAAQAAdAliWgAnQBQAAA/t9/CXC/OG5uvdcAAA==",
  "red.webm":
    "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZ0CfFUmpZpoq17GDD0JARImIQGkAAAAAAABNgIFtV0GBbRZUrmubrpnXgQFzxYEBg4EBhoVWX1ZQOOCGsIEQuoEQH0O2ddvngQCjqoEAAIBwAQCdASoQABAAB0CWJaACdAFAAAD+3FHSXS5DfxQ81vYOmAAAAKOqgQBkgHABAJ0BKhAAEAAHQJYloAJ0AUAAAP7cUdJdLkN/FDzW9g6YAAAA",
  "low.wav":
    "UklGRmQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YUAAAACAhoyRl5yhpqqusrW3ubu8vLy7ube1sq6qpqGcl5GMhoB6dG9pZF9aVlJOS0lHRUREREVHSUtOUlZaX2Rpb3R6",
  "high.wav":
    "UklGRmQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YUAAAACAl6q3vLeql4BpVklESVZpgJeqt7y3qpeAaVZJRElWaYCXqre8t6qXgGlWSURJVmmAl6q3vLeql4BpVklESVZp",
  "triangle.glb":
    "Z2xURgIAAACAAQAAQAEAAEpTT057ImFzc2V0Ijp7InZlcnNpb24iOiIyLjAifSwic2NlbmUiOjAsInNjZW5lcyI6W3sibm9kZXMiOlswXX1dLCJub2RlcyI6W3sibWVzaCI6MH1dLCJtZXNoZXMiOlt7InByaW1pdGl2ZXMiOlt7ImF0dHJpYnV0ZXMiOnsiUE9TSVRJT04iOjB9fV19XSwiYnVmZmVycyI6W3siYnl0ZUxlbmd0aCI6MzZ9XSwiYnVmZmVyVmlld3MiOlt7ImJ1ZmZlciI6MCwiYnl0ZUxlbmd0aCI6MzZ9XSwiYWNjZXNzb3JzIjpbeyJidWZmZXJWaWV3IjowLCJjb21wb25lbnRUeXBlIjo1MTI2LCJjb3VudCI6MywidHlwZSI6IlZFQzMiLCJtaW4iOlswLDAsMF0sIm1heCI6WzEsMSwwXX1dfSQAAABCSU4AAAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA",
};

const texts: Readonly<Record<string, string>> = {
  "note.txt": "Water turns the wheel.\n",
  "other.txt": "The miller sleeps.\n",
  "empty.txt": "",
  "page.md": "# Mill\n\nA *race* of water.\n",
  "page.html": "<!doctype html><title>Mill</title><p>Water</p>\n",
  "rows.csv": "stone,turns\nupper,3\nlower,0\n",
  "mill.json": '{ "stones": 2 }\n',
  "triangle.obj": "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n",
  "triangle.stl":
    "solid t\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid t\n",
  "sheet.pdf":
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
};

/** All of them; none is larger than 400 bytes. */
export const files: readonly FileRef[] = await Promise.all([
  ...Object.entries(binary).map(([name, base64]) => FileRef.fromBytes(bytesOf(base64), { name })),
  ...Object.entries(texts).map(([name, text]) => FileRef.fromBytes(new TextEncoder().encode(text), { name })),
]);

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
