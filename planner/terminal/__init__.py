"""A display for any Textual app that sends the terminal only the cells that changed.

An app uses the display by one method:

    def get_driver_class(self) -> type[Driver]:
        return cell_driver(super().get_driver_class())

`driver` stands between the app and the terminal, `grid` compares the screen wanted with the screen shown,
`moved_lines` finds the lines that only stand elsewhere, `difference` the shortest bytes for the others, `cell_style`
knows how a cell is drawn, `output` writes without waiting, `keys` mends keys that a terminal cannot tell apart.
"""
