// What can be changed in a picture.

/** Nodes and edges by their ids in the picture, lanes by theirs. */
export type PictureChange =
  | { readonly kind: 'insert'; readonly edge: string; readonly title: string }
  | { readonly kind: 'append'; readonly node: string; readonly title: string }
  | { readonly kind: 'connect'; readonly from: string; readonly to: string; readonly outcome?: string }
  | { readonly kind: 'rename'; readonly node: string; readonly title: string }
  | { readonly kind: 'move'; readonly node: string; readonly lane: string }
  | { readonly kind: 'delete'; readonly node: string }
  | { readonly kind: 'disconnect'; readonly edge: string };
